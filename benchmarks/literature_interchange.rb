# Reads a file with the import of Rayyan (rayyan-formats) and prints its targets as JSON lines.
#   ruby literature_interchange.rb FILE FOLDER...   the folders that hold lib/ of rayyan-formats-core,
#   rayyan-formats-plugins, ref_parsers, bibtex-ruby (5.1 on Ruby 3) and latex-decode
file, *folders = ARGV
folders.each { |folder| $LOAD_PATH.unshift(File.join(folder, 'lib')) }

require 'csv'
require 'json'

# rayyan-formats-core hands options over as Ruby 2 took them
class << CSV
  alias parse_with_keywords parse
  def parse(text, options = {}, **more, &block)
    parse_with_keywords(text, **options, **more, &block)
  end
end

require 'rayyan-formats-core'
require 'rayyan-formats-plugins/plugins/refman'
require 'rayyan-formats-plugins/plugins/bibtex'

RayyanFormats::Base.max_file_size = 1 << 30
RayyanFormats::Base.plugins = [RayyanFormats::Plugins::Refman, RayyanFormats::Plugins::BibTeX]
RayyanFormats::Base.import(RayyanFormats::Source.new(file)) do |target, _total|
  puts JSON.generate(target.instance_variable_get(:@dict))
end
