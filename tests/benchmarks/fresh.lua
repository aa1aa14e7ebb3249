-- wrk: asks the address in the file named first, each time a little different, so that no cache knows it.
local path, number = nil, 0

function init(args)
  local file = io.open(args[1])
  path = file:read("*a")
  file:close()
  -- More than can be asked within a second, so that the next run asks nothing that this one has asked.
  number = os.time() * 100000
end

function request()
  number = number + 1
  return wrk.format("GET", string.format("%s%%20%%23%d", path, number))
end
