# tonecue_add_module(<name> [SOURCES <file>...] [DEPENDS <target>...] [PRIVATE_DEPENDS <target>...])
#
# One static library per module, alias tonecue::<name>. DEPENDS are what its public headers use.
# The tests of a module link nothing but the module, so a call against the direction in which data
# flows does not link.
function(tonecue_add_module name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;DEPENDS;PRIVATE_DEPENDS")
  set(scope PUBLIC)
  if(arg_SOURCES)
    add_library(tonecue_${name} STATIC ${arg_SOURCES})
    target_link_libraries(tonecue_${name} PRIVATE ${arg_PRIVATE_DEPENDS} tonecue_options)
  else()
    set(scope INTERFACE)
    add_library(tonecue_${name} INTERFACE)
  endif()
  add_library(tonecue::${name} ALIAS tonecue_${name})
  target_include_directories(tonecue_${name} ${scope} ${PROJECT_SOURCE_DIR}/include)
  target_compile_features(tonecue_${name} ${scope} cxx_std_20)
  target_link_libraries(tonecue_${name} ${scope} ${arg_DEPENDS})
endfunction()
