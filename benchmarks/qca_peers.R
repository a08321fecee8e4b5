# Solutions of published data sets by the R packages QCA and SetMethods, for qca_peers.py.
#
#     Rscript benchmarks/qca_peers.R FOLDER [SetMethods' R folder]
#
# Writes each data set as CSV into FOLDER, and solutions.csv: data, outcome, cut, kind, model, terms.
suppressPackageStartupMessages(library(QCA))
args <- commandArgs(TRUE)
folder <- args[1]
dir.create(folder, showWarnings = FALSE)
sets <- list(
  LC = "SURV", LF = "SURV", LM = "SURV", CVF = "PROTEST", CVR = "PROTEST", Emme = "JSR", HC = "HS",
  Krook = "WNP", RS = "P", RagStr = "strike", Rokkan = "SPLIT", d.autonomy = "AU", d.education = "LM",
  d.jobsecurity = "JSR", d.partybans = "PB", d.represent = "WNP", d.homeless = "HOMELESS",
  d.socialsecurity = "PO", d.transport = "TRANSPORT", d.urban = "R", d.health = "HL", HarKem = "SC"
)
found <- data.frame()
for (name in names(sets)) {
  outcome <- sets[[name]]
  data(list = name, package = "QCA", envir = environment())
  if (!exists(name)) next
  d <- as.data.frame(get(name))
  if (!outcome %in% names(d)) outcome <- names(d)[ncol(d)]
  numbers <- sapply(d, is.numeric)
  d <- d[, numbers, drop = FALSE]
  if (!outcome %in% names(d) || any(is.na(d)) || max(d[[outcome]]) > 1 || ncol(d) > 8 || nrow(d) < 4) next
  binary <- sapply(d, function(x) all(x >= 0 & x <= 1) || all(x == round(x)))
  d <- d[, binary, drop = FALSE]
  if (any(sapply(d, max) > 7) || ncol(d) < 3) next
  write.csv(d, file.path(folder, paste0(name, ".csv")))
  for (cut in c(0.8, 0.75)) for (kind in c("conservative", "parsimonious")) {
    table <- try(truthTable(d, outcome = outcome, incl.cut = cut), silent = TRUE)
    if (inherits(table, "try-error")) next
    include <- if (kind == "parsimonious") "?" else ""
    time <- system.time(s <- try(minimize(table, include = include), silent = TRUE))
    if (inherits(s, "try-error")) next
    for (m in seq_along(s$solution)) {
      found <- rbind(found, data.frame(data = name, outcome = outcome, cut = cut, kind = kind, model = m,
                                       terms = paste(s$solution[[m]], collapse = " + "),
                                       seconds = sum(time[1:2])))
    }
  }
}
write.csv(found, file.path(folder, "solutions.csv"), row.names = FALSE)
if (length(args) > 1) {
  for (file in list.files(args[2], full.names = TRUE)) try(suppressMessages(source(file)), silent = TRUE)
  load(file.path(args[2], "..", "data", "PAYF.rda"))
  conditions <- c("HE", "GG", "AH", "HI", "HW")
  # minimize() looks for the names in its arguments outside the function that calls it
  solved <- function(level, few) {
    eval(bquote(minimize(PAYF, outcome = "HL", conditions = conditions, incl.cut = .(level),
                         n.cut = .(few), include = "?", details = TRUE, show.cases = TRUE)))
  }
  initial <- solved(0.87, 2)
  others <- list(solved(0.7, 2), solved(0.87, 1))
  write.csv(PAYF[, c(conditions, "HL")], file.path(folder, "PAYF_robustness.csv"))
  fit <- rob.fit(test_sol = others, initial_sol = initial, outcome = "HL")
  ratio <- rob.case.ratio(test_sol = others, initial_sol = initial, outcome = "HL")
  write.csv(cbind(fit, ratio), file.path(folder, "robustness.csv"), row.names = FALSE)
}
