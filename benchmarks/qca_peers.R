# Solutions of published data sets by the R packages QCA and SetMethods, for qca_peers.py.
#
#     Rscript benchmarks/qca_peers.R FOLDER [SetMethods' R folder]
#
# Writes each data set as CSV into FOLDER; solutions.csv: data, outcome, cut, kind, model, terms; and, with
# SetMethods, enhanced.csv, skewness.csv and robustness.csv.
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
others <- list(
  BCMV = "DEMOC", EMMF = "jsr", FakeCS = "y", JOBF = "HM", KAF = "capab", LIPC = "SURVIVED", LIPF = "SURVIVED",
  PAYF = "HL", PENF = "R", SAMF = "Y", SC = "Y", SCHF = "EXPORT", SDC = "Y", STUF = "Y", THOF = "CUSTOM",
  VISC = "U", VISF = "u"
)
tools <- if (length(args) > 1) args[2] else ""
if (nzchar(tools)) for (file in list.files(tools, full.names = TRUE)) try(suppressMessages(source(file)), silent = TRUE)

read_set <- function(name) {
  space <- new.env()
  if (name %in% names(sets)) data(list = name, package = "QCA", envir = space)
  else load(file.path(tools, "..", "data", paste0(name, ".rda")), space)
  if (exists(name, space, inherits = FALSE)) as.data.frame(get(name, space)) else NULL
}

found <- data.frame()
keep <- function(name, outcome, cut, kind, solutions, seconds) {
  for (m in seq_along(solutions)) {
    found <<- rbind(found, data.frame(data = name, outcome = outcome, cut = cut, kind = kind, model = m,
                                      terms = paste(solutions[[m]], collapse = " + "), seconds = seconds))
  }
}
enhanced <- data.frame()
skewness <- data.frame()
failed <- function(x) inherits(x, "try-error")

# The names of the conditions, present or absent, that are necessary and not trivial.
necessary <- function(d, outcome, y) {
  chosen <- c()
  for (name in setdiff(names(d), outcome)) for (absent in c(FALSE, TRUE)) {
    x <- if (absent) 1 - d[[name]] else d[[name]]
    cons <- sum(pmin(x, y)) / sum(y)
    ron <- sum(1 - x) / sum(1 - pmin(x, y))
    if (!is.nan(cons) && !is.nan(ron) && cons >= 0.9 - 1e-10 && ron >= 0.6) {
      chosen <- c(chosen, paste0(if (absent) "~" else "", name))
    }
  }
  chosen
}

# Enhanced parsimonious solution by SetMethods' esa: without remainders that lack a necessary condition
# (named as untenable, so that rows with cases stay) and without contradictory simplifying assumptions.
enhance <- function(name, d, outcome, cut) {
  neg <- try(truthTable(d, outcome = paste0("~", outcome), incl.cut = cut, complete = TRUE), silent = TRUE)
  pos <- try(truthTable(d, outcome = outcome, incl.cut = cut, complete = TRUE), silent = TRUE)
  if (failed(pos) || failed(neg)) return(invisible())
  a <- try(minimize(pos, include = "?"), silent = TRUE)
  b <- try(minimize(neg, include = "?"), silent = TRUE)
  if (failed(a)) return(invisible())
  assumed <- function(s) if (failed(s)) c() else unique(unlist(lapply(s$SA, rownames)))
  both <- intersect(assumed(a), assumed(b))
  need <- necessary(d, outcome, d[[outcome]])
  lacking <- ifelse(grepl("^~", need), sub("~", "", need), paste0("~", need))
  if (!length(both) && !length(lacking)) return(invisible())
  for (how in c("untenable", "necessary")) {
    own <- try(if (how == "untenable") esa(pos, untenable_LR = lacking, contrad_rows = both)
               else esa(pos, nec_cond = need, contrad_rows = both), silent = TRUE)
    s <- if (failed(own)) own else try(minimize(own, include = "?"), silent = TRUE)
    if (failed(s)) next
    for (m in seq_along(s$solution)) {
      enhanced <<- rbind(enhanced, data.frame(data = name, outcome = outcome, cut = cut, kind = how, model = m,
        need = paste(need, collapse = ";"), both = length(both), terms = paste(s$solution[[m]], collapse = " + "),
        rows = sum(own$tt$OUT != pos$tt$OUT & pos$tt$OUT != "?")))
    }
  }
}

for (name in c(names(sets), if (nzchar(tools)) names(others))) {
  outcome <- c(sets, others)[[name]]
  d <- read_set(name)
  if (is.null(d)) next
  d$LL <- NULL # another outcome of PAYF
  if (!outcome %in% names(d)) outcome <- names(d)[ncol(d)]
  numbers <- sapply(d, is.numeric)
  d <- d[, numbers, drop = FALSE]
  if (!outcome %in% names(d) || any(is.na(d)) || max(d[[outcome]]) > 1 || ncol(d) > 8 || nrow(d) < 4) next
  started <- proc.time()[["elapsed"]]
  binary <- sapply(d, function(x) all(x >= 0 & x <= 1) || all(x == round(x)))
  d <- d[, binary, drop = FALSE]
  if (any(sapply(d, max) > 7) || ncol(d) < 3) next
  write.csv(d, file.path(folder, paste0(name, ".csv")))
  multi <- any(sapply(d, max) > 1)
  for (cut in c(0.8, 0.75)) {
    table <- try(truthTable(d, outcome = outcome, incl.cut = cut), silent = TRUE)
    if (failed(table)) next
    for (kind in c("conservative", "parsimonious")) {
      include <- if (kind == "parsimonious") "?" else ""
      time <- system.time(s <- try(minimize(table, include = include), silent = TRUE))
      if (!failed(s)) keep(name, outcome, cut, kind, s$solution, sum(time[1:2]))
    }
    if (!multi) {
      expected <- rep(1, ncol(d) - 1)
      time <- system.time(s <- try(minimize(table, include = "?", dir.exp = expected), silent = TRUE))
      if (!failed(s)) {
        own <- unlist(lapply(s$i.sol, function(pair) pair$solution), recursive = FALSE)
        keep(name, outcome, cut, "intermediate", unique(lapply(own, sort)), sum(time[1:2]))
      }
      if (nzchar(tools)) enhance(name, d, outcome, cut)
    }
  }
  if (nzchar(tools) && !multi) {
    counts <- regmatches(skew.check(d), regexpr("[0-9]+ / [0-9]+", skew.check(d)))
    skewness <- rbind(skewness, data.frame(data = name, set = names(d), counts = counts))
  }
  message(name, " ", round(proc.time()[["elapsed"]] - started), " s on the clock")
}
write.csv(found, file.path(folder, "solutions.csv"), row.names = FALSE)
if (nzchar(tools)) {
  write.csv(enhanced, file.path(folder, "enhanced.csv"), row.names = FALSE)
  write.csv(skewness, file.path(folder, "skewness.csv"), row.names = FALSE)
  load(file.path(tools, "..", "data", "PAYF.rda"))
  conditions <- c("HE", "GG", "AH", "HI", "HW")
  # minimize() looks for the names in its arguments outside the function that calls it
  solved <- function(level, few) {
    eval(bquote(minimize(PAYF, outcome = "HL", conditions = conditions, incl.cut = .(level),
                         n.cut = .(few), include = "?", details = TRUE, show.cases = TRUE)))
  }
  initial <- solved(0.87, 2)
  tests <- list(solved(0.7, 2), solved(0.87, 1))
  write.csv(PAYF[, c(conditions, "HL")], file.path(folder, "PAYF_robustness.csv"))
  fit <- rob.fit(test_sol = tests, initial_sol = initial, outcome = "HL")
  ratio <- rob.case.ratio(test_sol = tests, initial_sol = initial, outcome = "HL")
  write.csv(cbind(fit, ratio), file.path(folder, "robustness.csv"), row.names = FALSE)
}
