# Stages of composite indicators by the R package COINr, for composite_peers.py.
#
#     Rscript benchmarks/composite_peers.R FOLDER
#
# Takes each table of FOLDER/data (CSV, units in rows, the first column their names) and adds those that come with R
# and COINr. Writes for each: treated, minmax, zscore, amean and gmean.
suppressPackageStartupMessages(library(COINr))
folder <- commandArgs(TRUE)[1]
data_folder <- file.path(folder, "data")
dir.create(data_folder, showWarnings = FALSE, recursive = TRUE)
own <- list(swiss = swiss, USJudgeRatings = USJudgeRatings, state.x77 = as.data.frame(state.x77),
            attitude = attitude, LifeCycleSavings = LifeCycleSavings, mtcars = mtcars, airquality = airquality[1:4],
            ASEM = ASEM_iData[sapply(ASEM_iData, is.numeric)])
own$ASEM <- own$ASEM[!names(own$ASEM) %in% c("Time", "Area", "Energy", "GDP", "Population")] # no indicators
for (name in names(own)) write.csv(own[[name]], file.path(data_folder, paste0(name, ".csv")))
for (file in list.files(data_folder, full.names = TRUE)) {
  name <- sub("\\.csv$", "", basename(file))
  d <- read.csv(file, row.names = 1, check.names = FALSE)
  d <- d[sapply(d, function(x) is.numeric(x) && length(unique(na.omit(x))) > 2)]
  keep <- function(x, what) write.csv(x, file.path(folder, paste0(name, "_", what, ".csv")))
  treated <- as.data.frame(lapply(d, function(x) {
    # winsorised while |skewness| is 2 and kurtosis 3.5 or more, at most five points; nothing else is tried
    s <- Treat(x, f1 = "winsorise", f2 = NULL,
               f1_para = list(na.rm = TRUE, winmax = 5, skew_thresh = 2, kurt_thresh = 3.5),
               f_pass = "check_SkewKurt", f_pass_para = list(na.rm = TRUE, skew_thresh = 2, kurt_thresh = 3.5))
    if (is.list(s)) s[[1]] else s
  }), check.names = FALSE)
  keep(treated, "treated")
  minmax <- as.data.frame(lapply(treated, n_minmax, l_u = c(0, 100)), check.names = FALSE)
  keep(minmax, "minmax")
  keep(as.data.frame(lapply(treated, n_zscore, m_sd = c(0, 1)), check.names = FALSE), "zscore")
  positive <- as.data.frame(lapply(treated, n_minmax, l_u = c(1, 100)), check.names = FALSE)
  means <- function(x, f) {
    apply(x, 1, function(row) if (all(is.na(row))) NA else f(row[!is.na(row)], rep(1, sum(!is.na(row)))))
  }
  keep(data.frame(amean = means(minmax, a_amean), gmean = means(positive, a_gmean)), "score")
  cat(name, nrow(d), ncol(d), "\n")
}
