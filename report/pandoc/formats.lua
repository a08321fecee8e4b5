-- What each format needs, once the text is read and numbered (quarto.lua), before it is written (writer.lua): what both engines do (shared.lua),
-- the kind of picture, what keeps a page of the PDF together, the contents of the Word file.

local PICTURES = { docx = ".png" }
local CONTENTS_TO = 2 -- levels of headings in the contents of the Word file

local function picture(image)
  if not image.src:match("%.%a+$") then image.src = image.src .. (PICTURES[FORMAT] or ".svg") end
  if FORMAT ~= "typst" then return image end
  local alt = pandoc.utils.stringify(image.caption):gsub("\\", "\\\\"):gsub('"', '\\"')
  return pandoc.RawInline("typst", string.format('#picture("%s", alt: "%s")', image.src, alt))
end

-- Typst numbers the headings of the PDF itself.
local function without_number(heading)
  local first = heading.content[1]
  if not (first and first.t == "Span" and first.classes:includes("header-section-number")) then
    return nil
  end
  heading.content:remove(1)
  heading.content:remove(1)
  return heading
end

-- A heading and the one paragraph under it go to the page of the table that follows.
local function keep_with_table(blocks)
  for place = #blocks - 1, 2, -1 do
    if blocks[place - 1].t == "Header" and blocks[place].t == "Para"
      and blocks[place + 1].t == "Table" then
      blocks:insert(place + 1, pandoc.RawBlock("typst", "]"))
      blocks:insert(place, pandoc.RawBlock("typst", "#block(sticky: true)["))
    end
  end
  return blocks
end

-- Words of people that begin with a number and a dot, or with a sign, are no list. In cells of tables, of
-- which there are very many, the renderer sees to it.
local function no_list(block)
  local first, second = block.content[1], block.content[2]
  if first and first.t == "Str" and second and second.t == "Space"
    and (first.text:match("^%d+%.$") or first.text:match("^[-+/]$")) then
    block.content[1] = pandoc.RawInline("typst", (first.text:gsub("[-+/.]", "\\%0")))
    return block
  end
end

local function mark(kind)
  return '<w:r><w:fldChar w:fldCharType="' .. kind .. '"/></w:r>'
end

-- The contents of the Word file: links that Word renews by itself when somebody edits headings
-- (References, Update table), without page numbers, which only Word could count.
local function contents(doc)
  local title = doc.meta["toc-title-document"]
  local lines = pandoc.Blocks({ pandoc.Div(
    pandoc.Para(title and pandoc.utils.stringify(title) or "Contents"),
    { ["custom-style"] = "TOC Heading" }) })
  doc.blocks:walk({ Header = function(heading)
    if heading.level > CONTENTS_TO or heading.identifier == "" then return nil end
    local link = pandoc.Link(heading.content:walk({ Link = function(l) return l.content end }),
      "#" .. heading.identifier)
    lines:insert(pandoc.Div(pandoc.Para({ link }), { ["custom-style"] = "TOC " .. heading.level }))
  end })
  if #lines < 2 then return pandoc.Blocks({}) end
  local begin = mark("begin") .. '<w:r><w:instrText xml:space="preserve"> TOC \\n \\h \\o "1-'
    .. CONTENTS_TO .. '" </w:instrText></w:r>' .. mark("separate")
  lines[2].content[1].content:insert(1, pandoc.RawInline("openxml", begin))
  lines[#lines].content[1].content:insert(pandoc.RawInline("openxml", mark("end")))
  return lines
end

local function with_contents(doc)
  local own = contents(doc)
  doc.blocks = doc.blocks:walk({ Div = function(div)
    if div.identifier == "contents" then return own end
  end })
  return doc
end

-- Each pass over a long document takes time, so each format gets those alone that it needs, and what looks
-- at single inlines is one pass with that of shared.lua.
local passes = dofile(pandoc.path.join({ pandoc.path.directory(PANDOC_SCRIPT_FILE), "..", "shared.lua" }))
for _, pass in ipairs(passes) do
  if pass.Link then
    pass.Image = picture
    if FORMAT == "typst" then pass.Header = without_number end
  end
end
if FORMAT == "typst" then
  table.insert(passes, { traverse = "topdown", Plain = no_list, Para = no_list,
    Table = function(tbl) return tbl, false end })
  table.insert(passes, { Pandoc = function(doc) doc.blocks = keep_with_table(doc.blocks); return doc end })
elseif FORMAT == "docx" then
  table.insert(passes, { Pandoc = with_contents })
end
return passes
