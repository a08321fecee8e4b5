-- What both engines do in the same way: notes, warnings and so on (`::: {.callout-note}`), and links
-- between the documents. Quarto runs this before its own filters: without its theme it would turn
-- callouts into quotations, and in Typst it draws them with an icon font.

-- Pandoc reads a document once, before it writes it in any format (pandoc/writer.lua).
local reading = FORMAT:match("writer") ~= nil

local TITLES = {
  note = "Note", tip = "Tip", important = "Important", warning = "Warning", caution = "Caution",
}

-- Words of another language stand in _language.yml under the names that Quarto gives them.
local function read_words(meta)
  for kind, given in pairs(TITLES) do
    local own = meta["callout-" .. kind .. "-title"]
    TITLES[kind] = own and pandoc.utils.stringify(own) or given
  end
end

local function kind_of(div)
  for _, class in ipairs(div.classes) do
    local kind = class:match("^callout%-(%a+)$")
    if kind and TITLES[kind] then return kind end
  end
end

local function title_of(div, kind)
  if div.attributes.title then return pandoc.Inlines({ pandoc.Str(div.attributes.title) }) end
  local first = div.content[1]
  if first and first.t == "Header" then
    div.content:remove(1)
    return first.content
  end
  return pandoc.Inlines({ pandoc.Str(TITLES[kind]) })
end

-- In Typst and Word there is a box of their own for it. The files of a figure (`::: {.figure-files}`)
-- can be followed on the page only.
local function box(div)
  if div.classes:includes("figure-files") and (FORMAT == "typst" or FORMAT == "docx") then
    return {}, false
  end
  local kind = kind_of(div)
  local ours = div.classes:includes("note-box")
  if not (kind or ours) then return nil end
  local title, body
  if ours then -- put into this form when the source was read
    kind = div.classes[2]:gsub("^note%-", "")
    title, body = div.content[1].content[1].content, div.content[2].content
  else
    title, body = title_of(div, kind), div.content
  end
  if FORMAT == "typst" then
    local blocks = pandoc.Blocks({ pandoc.Plain(
      pandoc.Inlines({ pandoc.RawInline("typst", '#note-box("' .. kind .. '", title: [') })
      .. title .. { pandoc.RawInline("typst", "])[") }) })
    blocks:extend(body)
    blocks:insert(pandoc.RawBlock("typst", "]"))
    return blocks, false
  end
  if FORMAT == "docx" then
    local blocks = pandoc.Blocks({ pandoc.Div(pandoc.Para(title), { ["custom-style"] = "Note Title" }) })
    blocks:insert(pandoc.Div(body, { ["custom-style"] = "Note Text" }))
    return blocks, false
  end
  if ours then return nil, false end
  return pandoc.Div({
    pandoc.Div(pandoc.Plain(title), { class = "note-title" }),
    pandoc.Div(body, { class = "note-body" }),
  }, pandoc.Attr(div.identifier, { "note-box", "note-" .. kind }, { { "role", "note" } })), false
end

-- A formula says in words what it is: PDF/UA asks for that, and somebody may listen to it. (What pandoc
-- writes of a formula as plain text is no help: it gives up, with a warning, at a fraction.)
local SAID = {
  cdot = "times", times = "times", le = "at most", leq = "at most", ge = "at least", geq = "at least",
  ne = "not equal to", neq = "not equal to", approx = "about", infty = "infinity", pm = "plus or minus",
  left = "", right = "", quad = "", qquad = "", displaystyle = "", cap = "and", cup = "or", neg = "not",
}
local AROUND = { sqrt = "square root of", bar = "mean of", hat = "estimate of", overline = "mean of" }

local function said_of(tex)
  local words = tex
  repeat
    local before = words
    words = words:gsub("\\[dt]?frac%s*(%b{})%s*(%b{})", function(above, below)
      return " (" .. above:sub(2, -2) .. ") divided by (" .. below:sub(2, -2) .. ") "
    end)
    words = words:gsub("\\(%a+)%s*(%b{})", function(name, inside)
      local opening = AROUND[name]
      return (opening and " " .. opening .. " " or " ") .. inside:sub(2, -2) .. " "
    end)
    words = words:gsub("_%s*(%b{})", function(inside) return " sub " .. inside:sub(2, -2) .. " " end)
    words = words:gsub("%^%s*(%b{})", function(inside) return " to the power " .. inside:sub(2, -2) .. " " end)
  until words == before
  words = words:gsub("_%s*(\\?%w+)", " sub %1 "):gsub("%^%s*(\\?%w+)", " to the power %1 ")
  words = words:gsub("\\(%a+)", function(name) return " " .. (SAID[name] or name) .. " " end)
  words = words:gsub("\\.", " "):gsub("[{}&]", " "):gsub("%-", " minus "):gsub("=", " equals ")
  return (words:gsub("%s+", " "):gsub("^ ", ""):gsub(" $", ""):gsub("%( ", "("):gsub(" %)", ")"))
end

local function formula(math)
  if FORMAT ~= "typst" then return nil end
  local set = pandoc.write(pandoc.Pandoc({ pandoc.Plain({ math }) }), "typst"):gsub("%s+$", "")
  local quoted = said_of(math.text):gsub("\\", "\\\\"):gsub('"', '\\"')
  return pandoc.RawInline("typst", string.format('#worded("%s", %s)', quoted, set))
end

-- In print a number or the name of a condition is a link without a colour of its own.
local function quiet(link)
  local inside = link.target:match("^#(.+)$")
  local target = inside and "label(\"" .. inside .. "\")" or '"' .. link.target .. '"'
  local inlines = pandoc.Inlines({ pandoc.RawInline("typst", "#quiet-link(" .. target .. ")[") })
  inlines:extend(link.content)
  inlines:insert(pandoc.RawInline("typst", "]"))
  return inlines
end

-- Links between the documents of the report (`supplement#tbl-x`) get the ending of this format. In a
-- PDF only headings can be reached from outside: the attribute `section` names the one above.
local function between_documents(link)
  if reading then return nil end -- the format is not known yet
  local name, label = link.target:match("^(%l+)#(.+)$")
  local known = name == "ecosystem" or name == "supplement" or name == "brief" or name == "evidence"
  if known then -- the evidence is a page in any case
    local ending = name ~= "evidence" and (FORMAT == "typst" or FORMAT == "docx") and ".pdf" or ".html"
    if ending == ".pdf" then label = link.attributes.section or label end
    link.target = name .. ending .. "#" .. label
  end
  link.attributes.section = nil
  if FORMAT == "typst" and (link.classes:includes("fact") or link.classes:includes("condition")) then
    return quiet(link)
  end
  return known and link or nil
end

-- A page whose head says `explorer: true` gets the figure to explore (explore.html) at its end.
local function with_explorer(doc)
  if not (FORMAT:match("html") and doc.meta.explorer) then return nil end
  local file = io.open("explore.html", "r")
  if not file then return nil end
  doc.blocks:insert(pandoc.RawBlock("html", file:read("a")))
  file:close()
  return doc
end

-- Headings leave out no level (PDF/UA asks for that, and whoever goes from heading to heading): one that
-- does is raised to the level below the heading that it belongs to. Once is enough.
local above = {} -- the levels, as they are written, of the headings that the current one belongs to
local function without_gap(heading)
  while #above > 0 and above[#above] >= heading.level do table.remove(above) end
  table.insert(above, heading.level)
  if heading.level == #above then return nil end
  heading.level = #above
  return heading
end

return {
  { Pandoc = with_explorer },
  { Link = between_documents, Math = formula },
  { Meta = read_words },
  { traverse = "topdown", Div = box },
  { Header = (reading or quarto) and without_gap or nil },
}
