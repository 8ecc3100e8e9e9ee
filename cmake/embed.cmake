# vouch_embed(MODULE FILE NAME): compiles the UTF-8 text FILE (relative to src/) into vouch_MODULE, or into the program MODULE. The
# code declares
#   namespace vouch::embedded { std::string_view NAME(); }
# and calls it. A change of FILE configures and compiles again.
function(vouch_embed module file name)
  set(source ${CMAKE_SOURCE_DIR}/src/${file})
  set(generated ${CMAKE_BINARY_DIR}/embedded/${name}.cc)
  set_property(DIRECTORY ${CMAKE_SOURCE_DIR} APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${source})
  file(READ ${source} VOUCH_EMBED_TEXT)
  set(VOUCH_EMBED_NAME ${name})
  file(CONFIGURE OUTPUT ${generated} @ONLY CONTENT
"#include <string_view>
namespace vouch::embedded {
std::string_view @VOUCH_EMBED_NAME@();
std::string_view @VOUCH_EMBED_NAME@() { return R\"embedded(@VOUCH_EMBED_TEXT@)embedded\"; }
}
")
  if(NOT TARGET ${module})
    set(module vouch_${module})
  endif()
  target_sources(${module} PRIVATE ${generated})
endfunction()
