# tonecue_embed(<target> <symbol> <file>)
#
# Compiles <file> into <target> as `extern const std::string_view <symbol>` of namespace tonecue, so
# that the program runs from any folder.
function(tonecue_embed target symbol file)
  get_filename_component(path ${file} ABSOLUTE BASE_DIR ${PROJECT_SOURCE_DIR})
  set(source ${CMAKE_CURRENT_BINARY_DIR}/${symbol}.cpp)
  add_custom_command(OUTPUT ${source}
    COMMAND ${CMAKE_COMMAND} -DINPUT=${path} -DOUTPUT=${source} -DSYMBOL=${symbol}
            -P ${PROJECT_SOURCE_DIR}/tools/cmake/embed_file.cmake
    DEPENDS ${path} ${PROJECT_SOURCE_DIR}/tools/cmake/embed_file.cmake
    VERBATIM)
  target_sources(${target} PRIVATE ${source})
endfunction()
