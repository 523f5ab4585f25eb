-- Asks what a file says, one request a line: method, path, token, body, with tabs between. `@KEY@` in a body becomes a
-- key that was never used before.
local requests, at, mark, is_keyed = {}, 0, "", false

function init(args)
  local file, start = args[1], tonumber(args[2])
  mark = args[3]
  for line in io.lines(file) do
    local method, path, token, body = line:match("^([^\t]*)\t([^\t]*)\t([^\t]*)\t(.*)$")
    local headers = {}
    if token ~= "" then
      headers["Authorization"] = "Bearer " .. token
    end
    if body == "" then
      body = nil
    else
      headers["Content-Type"] = "application/json"
      is_keyed = is_keyed or body:find("@KEY@", 1, true) ~= nil
      -- As long as the key that will stand there, so that the length is right.
      body = body:gsub("@KEY@", "@KEY@" .. string.rep("-", 15))
    end
    requests[#requests + 1] = wrk.format(method, path, headers, body)
  end
  at = start
end

function request()
  at = at + 1
  local asked = requests[(at - 1) % #requests + 1]
  if is_keyed then
    asked = asked:gsub("@KEY@[-]+", mark .. "-" .. string.format("%013d", at))
  end
  return asked
end

function done(summary, latency, requests)
  local e = summary.errors
  io.write(string.format("RESULT %d %d %d %d %d\n", summary.requests, summary.duration, latency:percentile(50),
    latency:percentile(99), e.status + e.connect + e.read + e.write + e.timeout))
end
