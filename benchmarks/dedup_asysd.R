# ASySD on one table of records (literature_dedup.py starts it).
#
#     Rscript dedup_asysd.R RECORDS.csv RESULT.json CHECKOUT
#
# CHECKOUT is a copy of its repository (camaradesuk/ASySD). Only the two files that deduplicate are
# loaded, so that the packages of its pages (shiny apps, bibliometrix) are not needed. The automatic
# part is measured: pairs that ASySD would show to people are not merged. Needs R with dplyr, tidyr,
# rlang, igraph, utf8, parallelly, progressr, shiny and RecordLinkage.

arguments <- commandArgs(trailingOnly = TRUE)
suppressPackageStartupMessages({
  library(dplyr)
  library(rlang)
  library(parallel)
  library(parallelly)
  library(utf8)
  library(RecordLinkage)
})
for (file in c("internal.R", "dedup_refs.R")) {
  source(file.path(arguments[3], "R", file), encoding = "UTF-8")
}

records <- read.csv(arguments[1], colClasses = "character", encoding = "UTF-8", na.strings = character())
spent <- function() sum(proc.time()[c(1, 2, 4, 5)]) # this process and those it started
start <- proc.time()[["elapsed"]]
used <- spent()
found <- suppressWarnings(suppressMessages(dedup_citations(records, manual_dedup = FALSE)))
seconds <- proc.time()[["elapsed"]] - start
cpu <- spent() - used

groups <- strsplit(found$unique$record_ids, ", ", fixed = TRUE)
groups <- groups[lengths(groups) > 1]
quoted <- vapply(groups, function(g) paste0("[", paste0("\"", sort(g), "\"", collapse = ", "), "]"), "")
text <- sprintf(
  "{\"groups\": [%s], \"seconds\": %f, \"cpu\": %f}", paste(quoted, collapse = ", "), seconds, cpu
)
writeLines(text, arguments[2])
