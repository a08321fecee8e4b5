-- What plain pandoc lacks of Quarto's markdown, for the constructs this report uses:
-- cross-references (@fig-, @tbl-, @sec-), numbered headings and captions, and fig-alt. Numbers are
-- counted here, once for all formats, and written out, so that these always agree.
-- Whatever cannot be resolved is a pandoc warning, and the renderer fails on warnings.

local WORDS = { fig = "Figure", tbl = "Table", sec = "Section" }
local NUMBERED_LEVELS = 3

local targets = {} -- identifier -> number as text
local counts = { fig = 0, tbl = 0 }
local levels = { 0, 0, 0, 0, 0, 0 }

local function kind_of(identifier)
  local kind = identifier:match("^(%a+)%-")
  kind = kind and kind:lower()
  return WORDS[kind] and kind or nil
end

local function normal(identifier)
  return (identifier:gsub("^%a+", string.lower, 1))
end

local function claim(identifier, number)
  if targets[identifier] then
    pandoc.log.warn("Cross-reference target @" .. identifier .. " is defined twice")
  end
  targets[identifier] = number
end

local function count_caption(identifier, kind, caption)
  counts[kind] = counts[kind] + 1
  local number = tostring(counts[kind])
  claim(identifier, number)
  local label = pandoc.Span(
    { pandoc.Str(WORDS[kind] .. "\u{a0}" .. number .. ":") }, { class = "caption-label" })
  local first = caption.long[1]
  if first and (first.t == "Plain" or first.t == "Para") then
    first.content = pandoc.Inlines({ pandoc.Strong(label), pandoc.Space() }) .. first.content
  else
    caption.long:insert(1, pandoc.Plain({ pandoc.Strong(label) }))
  end
  return caption
end

-- Words of another language stand in _language.yml under the names that Quarto gives them.

local function read_words(meta)
  local own = meta.crossref or {}
  local function word(key, given)
    local found = own[key:gsub("^crossref%-", "")] or meta[key]
    return found and pandoc.utils.stringify(found) or given
  end
  WORDS.fig = word("crossref-fig-title", WORDS.fig)
  WORDS.tbl = word("crossref-tbl-title", WORDS.tbl)
  WORDS.sec = word("crossref-sec-prefix", WORDS.sec)
end

-- First pass, in reading order: number headings, figures and tables.

local function number_heading(heading)
  if heading.classes:includes("unnumbered") then return nil end
  levels[heading.level] = levels[heading.level] + 1
  for deeper = heading.level + 1, #levels do levels[deeper] = 0 end
  if heading.level > NUMBERED_LEVELS then return nil end
  local number = table.concat(levels, ".", 1, heading.level)
  if heading.identifier ~= "" then
    if kind_of(heading.identifier) then claim(heading.identifier, number)
    else targets[heading.identifier] = number end
  end
  local mark = pandoc.Span({ pandoc.Str(number) }, { class = "header-section-number" })
  heading.content = pandoc.Inlines({ mark, pandoc.Space() }) .. heading.content
  return heading
end

local function number_figure(figure)
  if kind_of(figure.identifier) == "fig" then
    figure.caption = count_caption(figure.identifier, "fig", figure.caption)
  end
  return figure:walk({
    Image = function(image)
      local alt = image.attributes["fig-alt"]
      if not alt then
        pandoc.log.warn("Figure " .. image.src .. " has no fig-alt text")
        return nil
      end
      image.attributes["fig-alt"] = nil
      image.caption = pandoc.Inlines({ pandoc.Str(alt) })
      return image
    end,
  })
end

local function number_table(tbl)
  tbl.attributes["tbl-colwidths"] = nil
  if kind_of(tbl.identifier) == "tbl" then
    tbl.caption = count_caption(tbl.identifier, "tbl", tbl.caption)
  end
  return tbl
end

local number_everything = {
  traverse = "topdown",
  Header = function(heading)
    local done = number_heading(heading) or heading
    return done, false
  end,
  Figure = function(figure) return number_figure(figure), false end,
  Table = function(tbl) return number_table(tbl), false end,
}

-- Second pass: cross-references become links.

local function link_to(citation)
  local identifier = normal(citation.id)
  local number = targets[identifier]
  if not number then
    pandoc.log.warn("Unresolved cross-reference @" .. citation.id)
    return pandoc.Str("?" .. citation.id)
  end
  local bare = citation.mode == "SuppressAuthor"
  local text = bare and number or (WORDS[kind_of(identifier)] .. "\u{a0}" .. number)
  return pandoc.Link({ pandoc.Str(text) }, "#" .. identifier, "", { class = "cross-reference" })
end

local function resolve(cite)
  local found = 0
  for _, citation in ipairs(cite.citations) do
    if kind_of(citation.id) then found = found + 1 end
  end
  if found == 0 then return nil end
  if found < #cite.citations then
    pandoc.log.warn("Cross-references and citations stand in one bracket: @" .. cite.citations[1].id)
    return nil
  end
  local inlines = pandoc.Inlines({})
  for position, citation in ipairs(cite.citations) do
    if position > 1 then inlines:extend({ pandoc.Str(","), pandoc.Space() }) end
    inlines:extend(citation.prefix)
    if #citation.prefix > 0 then inlines:insert(pandoc.Space()) end
    inlines:insert(link_to(citation))
    inlines:extend(citation.suffix)
  end
  return inlines
end

return {
  { Meta = read_words },
  number_everything,
  { Cite = resolve },
}
