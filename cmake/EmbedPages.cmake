# cmake -D FOLDER=docs/codes -D OUTPUT=code_pages.cpp -P EmbedPages.cmake
#
# The pages of the codes as a source of the program, so that `explain-code` cannot say anything else.

file(GLOB pages LIST_DIRECTORIES false ${FOLDER}/SY*.md)
list(SORT pages)
set(text "#include \"cli/code_pages.h\"\n\nnamespace steelyard {\n\nconst std::vector<CodePage>& CodePages() {\n  static const std::vector<CodePage> pages = {\n")
foreach(page IN LISTS pages)
  get_filename_component(code ${page} NAME_WE)
  file(READ ${page} content)
  string(APPEND text "      {\"${code}\", R\"steelyard(${content})steelyard\"},\n")
endforeach()
string(APPEND text "  };\n  return pages;\n}\n\n}  // namespace steelyard\n")
file(WRITE ${OUTPUT} "${text}")
