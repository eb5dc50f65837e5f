# The files of `steelyard new`, as they stand under rules/starter/, into the program: a source that
# defines AllStarterFiles(). They are files so that the tests can run them.

set(STEELYARD_STARTER ${PROJECT_BINARY_DIR}/starter_files.cpp)
set(table "")
foreach(
  file IN
  ITEMS en/README.md
        en/data/person.csv
        en/data/sale.csv
        en/scorecard.test.yaml
        en/scorecard.yaml
        en/steelyard.policy.yaml
        zh/README.md
        zh/data/订单.csv
        zh/data/销售员.csv
        zh/scorecard.test.yaml
        zh/scorecard.yaml
        zh/steelyard.policy.yaml)
  set(path ${PROJECT_SOURCE_DIR}/rules/starter/${file})
  set_property(DIRECTORY ${PROJECT_SOURCE_DIR} APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${path})
  file(READ ${path} text)
  string(SUBSTRING ${file} 0 2 language)
  string(SUBSTRING ${file} 3 -1 name)
  string(APPEND table "    {\"${language}\", \"${name}\", R\"STARTER(${text})STARTER\"},\n")
endforeach()
file(CONFIGURE OUTPUT ${STEELYARD_STARTER} @ONLY CONTENT
"// Made by cmake/SteelyardStarter.cmake.
#include \"engine/starter.h\"

namespace steelyard {

std::vector<StarterFile> AllStarterFiles() {
  return {
@table@  };
}

}  // namespace steelyard
")
