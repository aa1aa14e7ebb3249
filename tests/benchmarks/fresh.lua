-- wrk: asks the address in the file named first, each time a little different, so that no cache knows it.
local path, number = nil, 0

function init(args)
  local file = io.open(args[1])
  path = file:read("*a")
  file:close()
  number = os.time() * 1000
end

function request()
  number = number + 1
  return wrk.format("GET", path .. "%20%23" .. number)
end
