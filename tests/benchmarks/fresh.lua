-- wrk: asks the address in the file named first; with "fresh" each time a little different, so that no cache knows it.
local path, number = nil, 0
local fresh = false

function init(args)
  local file = io.open(args[1])
  path = file:read("*a")
  file:close()
  fresh = args[2] == "fresh"
  number = os.time() * 1000
  wrk.headers["Accept"] = "application/sparql-results+json"
end

function request()
  if not fresh then return wrk.format("GET", path) end
  number = number + 1
  return wrk.format("GET", path .. "%20%23" .. number)
end
