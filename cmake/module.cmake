# vouch_module(NAME LIBS …): src/NAME/**/*.cc becomes the library vouch_NAME, its *_test.cc the program NAME_test, and its
# *_bench.cc the program NAME_bench; src/NAME/foo_main.cc becomes the program bin/vouch-foo, of which src/NAME/inside/*.cc are a part
# (what runs in the module's sandbox, and never in the server). Every module shares one precompiled header of what nearly all of them
# include.
enable_testing()
include(GoogleTest)
# Programs are compiled like libraries, or they could not share the precompiled header.
set(CMAKE_CXX_COMPILE_OPTIONS_PIE ${CMAKE_CXX_COMPILE_OPTIONS_PIC})

# Where the sources are, for tests that read data or start programs beside them: a header, since a definition on the command
# line would keep the compiler's cache from serving a second checkout.
file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/generated/source_dir.h @ONLY CONTENT
"#pragma once
#define VOUCH_SOURCE_DIR \"@CMAKE_SOURCE_DIR@\"
")

function(vouch_module name)
  cmake_parse_arguments(ARG "" "" "LIBS" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/${name}/*.cc)
  set(tests ${sources})
  set(benches ${sources})
  list(FILTER tests INCLUDE REGEX "_test\\.cc$")
  list(FILTER benches INCLUDE REGEX "_bench\\.cc$")
  set(mains ${sources})
  list(FILTER mains INCLUDE REGEX "_main\\.cc$")
  set(inside ${sources})
  list(FILTER inside INCLUDE REGEX "/inside/")
  list(FILTER sources EXCLUDE REGEX "_(test|bench|main)\\.cc$|/inside/")
  if(NOT sources)
    add_library(vouch_${name} INTERFACE)
    target_link_libraries(vouch_${name} INTERFACE ${ARG_LIBS})
    return()
  endif()
  add_library(vouch_${name} STATIC ${sources})
  target_include_directories(vouch_${name} PUBLIC ${CMAKE_SOURCE_DIR}/src)
  target_link_libraries(vouch_${name} PUBLIC ${ARG_LIBS})
  if(name STREQUAL base)
    target_precompile_headers(vouch_base PRIVATE ${CMAKE_SOURCE_DIR}/src/base/pch.h)
  else()
    target_precompile_headers(vouch_${name} REUSE_FROM vouch_base)
  endif()
  foreach(main ${mains})
    get_filename_component(stem ${main} NAME_WE)
    string(REGEX REPLACE "_main$" "" stem ${stem})
    add_executable(vouch-${stem} ${main} ${inside})
    target_include_directories(vouch-${stem} PRIVATE ${CMAKE_SOURCE_DIR}/src)
    set_target_properties(vouch-${stem} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_SOURCE_DIR}/bin)
  endforeach()
  if(tests AND GTest_FOUND)
    add_executable(${name}_test ${tests})
    target_link_libraries(${name}_test PRIVATE vouch_${name} GTest::gmock GTest::gtest_main)
    target_precompile_headers(${name}_test REUSE_FROM vouch_base)
    target_include_directories(${name}_test PRIVATE ${CMAKE_BINARY_DIR}/generated)
    add_test(NAME ${name} COMMAND ${name}_test)
  endif()
  if(benches AND benchmark_FOUND)
    add_executable(${name}_bench ${benches})
    target_link_libraries(${name}_bench PRIVATE vouch_${name} benchmark::benchmark_main)
    target_precompile_headers(${name}_bench REUSE_FROM vouch_base)
  endif()
endfunction()
