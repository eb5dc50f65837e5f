# Manual pages and completions, as the program prints them, into the folder of the installation.

function(say file)
  execute_process(COMMAND ${program} ${ARGN} OUTPUT_VARIABLE text COMMAND_ERROR_IS_FATAL ANY)
  file(WRITE "$ENV{DESTDIR}${CMAKE_INSTALL_PREFIX}/${file}" "${text}")
endfunction()

execute_process(COMMAND ${program} man --names OUTPUT_VARIABLE names COMMAND_ERROR_IS_FATAL ANY)
string(REGEX MATCHALL "[^\n]+" names "${names}")
say(share/man/man1/steelyard.1 man --lang en)
say(share/man/zh_CN/man1/steelyard.1 man --lang zh)
foreach(name IN LISTS names)
  say(share/man/man1/steelyard-${name}.1 man ${name} --lang en)
  say(share/man/zh_CN/man1/steelyard-${name}.1 man ${name} --lang zh)
endforeach()
say(share/bash-completion/completions/steelyard completion bash --lang en)
say(share/zsh/site-functions/_steelyard completion zsh --lang en)
say(share/fish/vendor_completions.d/steelyard.fish completion fish --lang en)
