# Finds DuckDB and offers it as steelyard::duckdb: an installed one first, else the one that
# scripts/fetch-duckdb has put into third_party/duckdb/.
#
# STEELYARD_DUCKDB: AUTO takes it when it is there, ON insists on it, OFF builds without.

set(STEELYARD_DUCKDB AUTO CACHE STRING "Read and write files through DuckDB: AUTO, ON or OFF")
set_property(CACHE STEELYARD_DUCKDB PROPERTY STRINGS AUTO ON OFF)

if(STEELYARD_DUCKDB)  # AUTO is not a false value for CMake, and neither is ON
  set(fetched ${PROJECT_SOURCE_DIR}/third_party/duckdb)
  find_path(DUCKDB_INCLUDE_DIR duckdb.h PATHS ${fetched})
  find_library(DUCKDB_LIBRARY duckdb PATHS ${fetched})
  mark_as_advanced(DUCKDB_INCLUDE_DIR DUCKDB_LIBRARY)

  if(DUCKDB_INCLUDE_DIR AND DUCKDB_LIBRARY)
    add_library(steelyard::duckdb SHARED IMPORTED GLOBAL)
    set_target_properties(
      steelyard::duckdb PROPERTIES IMPORTED_LOCATION ${DUCKDB_LIBRARY}
                                   INTERFACE_INCLUDE_DIRECTORIES ${DUCKDB_INCLUDE_DIR})
    message(STATUS "DuckDB: ${DUCKDB_LIBRARY}")
  elseif(STEELYARD_DUCKDB STREQUAL AUTO)
    message(STATUS "DuckDB: none; run scripts/fetch-duckdb for one")
  else()
    message(FATAL_ERROR "STEELYARD_DUCKDB is ON, but there is no DuckDB; run scripts/fetch-duckdb")
  endif()
endif()
