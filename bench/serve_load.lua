-- Random questions for wrk: what the page asks. The lists come from the environment, as serve_load.py found them.
local function lines(name)
  local all = {}
  for line in io.lines(os.getenv("SERVE_LOAD_DIR") .. "/" .. name) do all[#all + 1] = line end
  return all
end

local countries, days, ids, types = lines("countries"), lines("days"), lines("ids"), lines("types")
local thread = 0
function setup(one) one:set("seed", thread); thread = thread + 1 end
function init() math.randomseed(1000 + (seed or 0)) end

local function any(list) return list[math.random(#list)] end
local function span()
  local first = math.random(#days)
  return "since=" .. days[first] .. "&until=" .. days[math.min(#days, first + math.random(60))]
end

local asks = {
  function()
    return "/incidents?columns=id,date,day,type,mode,status,quad,goldstein,text,source_keys,target_keys,sources,outlets,weight,first_report,place" ..
           "&sort=-weight&limit=50&" .. span()
  end,
  function() return "/incidents?limit=20&actor=" .. any(countries) .. "&type=" .. any(types) .. "&" .. span() end,
  function() return "/incidents/" .. any(ids) end,
  function() return "/series?unit=dyad&by=week&fill=none&dyad=" .. any(countries) .. "," .. any(countries) .. "&" .. span() end,
  function() return "/search?limit=20&q=report%20" .. math.random(10000) end,
  function() return "/brief?as-of=" .. days[#days - math.random(0, 5)] end,
}

function request() return wrk.format("GET", "/api/v1" .. asks[math.random(#asks)]()) end

local wrong = 0
function response(status) if status ~= 200 then wrong = wrong + 1 end end

function done(summary, latency)
  io.write(string.format('{"requests":%d,"seconds":%.3f,"p50_ms":%.2f,"p99_ms":%.2f,"max_ms":%.2f,"not_200":%d,"socket_errors":%d}\n', summary.requests,
    summary.duration / 1e6, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3, latency.max / 1e3, summary.errors.status,
    summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout))
end
