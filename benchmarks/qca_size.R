# One data set by the R package QCA, for qca_size.py: Rscript benchmarks/qca_size.R FILE
#
# Prints processor seconds of truth table, conservative and parsimonious solutions, and their numbers.
suppressPackageStartupMessages(library(QCA))
d <- read.csv(commandArgs(TRUE)[1])
spent <- function() sum(proc.time()[c(1, 2, 4, 5)], na.rm = TRUE)
start <- spent()
table <- truthTable(d, outcome = "Y", incl.cut = 0.8)
plain <- minimize(table)
short <- minimize(table, include = "?")
cat(sprintf("%.2f %d %d\n", spent() - start, length(plain$solution), length(short$solution)))
