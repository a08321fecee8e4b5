-- Writes what pandoc has read of a document in each format of its metadata `formats`, as files beside the source.
-- One start of pandoc does it all: to hand a document over from one start to the next takes as long as to write it.

local HERE = pandoc.path.directory(PANDOC_SCRIPT_FILE)

local function template(name)
  local path = pandoc.path.join({ HERE, "..", name })
  local file = assert(io.open(path, "r"))
  local text = file:read("a")
  file:close()
  return pandoc.template.compile(text, path)
end

-- Style, scripts and figures are put into the page afterwards, which takes a fraction of the time that pandoc
-- needs for it. What is set here for pandoc, _quarto.yml sets for Quarto.
local WRITERS = {
  html = { to = "html5", options = function() return {
    template = template("pandoc/page.html"), variables = { css = "styles.css" },
    html_math_method = "mathml", table_of_contents = true, toc_depth = 3, wrap_text = "none",
  } end },
  typ = { to = "typst-citations", options = function() return {
    template = template("typst/paper.typ"), wrap_text = "none",
  } end },
  docx = { to = "docx", options = function() return {
    template = pandoc.template.compile(pandoc.template.default("docx")),
  } end },
}

local function taken(meta, name)
  local words = pandoc.utils.stringify(meta[name])
  meta[name] = nil
  return words
end

local function write(doc, file, writer)
  FORMAT = writer.to:match("^%w+") -- filters ask for it
  for _, pass in ipairs(dofile(pandoc.path.join({ HERE, "formats.lua" }))) do doc = doc:walk(pass) end
  local written = pandoc.write(doc, writer.to, pandoc.WriterOptions(writer.options()))
  local target = assert(io.open(file, "wb"))
  target:write(written)
  target:close()
end

function Writer(doc)
  local name, formats = taken(doc.meta, "document-name"), taken(doc.meta, "formats")
  for ending in formats:gmatch("%w+") do write(doc, name .. "." .. ending, WRITERS[ending]) end
  return ""
end
