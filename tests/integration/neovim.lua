-- Opens a report in Neovim, waits for the server's diagnostics, applies a fix and writes what it saw as JSON.
-- Environment: GIRO_LINT_COMMAND (JSON list), GIRO_LINT_REPORT (file to open), GIRO_LINT_SEEN (file to write).
local command = vim.fn.json_decode(os.getenv("GIRO_LINT_COMMAND"))
local report, seen = os.getenv("GIRO_LINT_REPORT"), os.getenv("GIRO_LINT_SEEN")
local result = { ok = false }

local function finish()
  local file = io.open(seen, "w")
  file:write(vim.fn.json_encode(result))
  file:close()
  vim.cmd("qall!")
end

local function run()
  vim.cmd("edit " .. vim.fn.fnameescape(report))
  local client = vim.lsp.start_client({
    name = "giro-lint",
    cmd = command,
    root_dir = vim.fn.fnamemodify(report, ":h"),
    init_options = { lang = "en" },
  })
  vim.lsp.buf_attach_client(0, client)
  vim.wait(20000, function() return #vim.diagnostic.get(0) > 0 end, 50)
  result.diagnostics = vim.tbl_map(function(d)
    return { lnum = d.lnum, col = d.col, end_col = d.end_col, message = d.message, code = d.code, severity = d.severity }
  end, vim.diagnostic.get(0))

  local target
  for _, d in ipairs(vim.diagnostic.get(0)) do
    if d.code == "DAT011" then target = d end
  end
  local encoding = vim.lsp.get_client_by_id(client).offset_encoding
  local place = { line = target.lnum, character = 0 }
  local answers = vim.lsp.buf_request_sync(0, "textDocument/codeAction", {
    textDocument = vim.lsp.util.make_text_document_params(),
    range = { start = place, ["end"] = { line = target.lnum, character = 4 } },
    context = { diagnostics = {} },
  }, 10000)
  for _, answer in pairs(answers or {}) do
    for _, action in ipairs(answer.result or {}) do
      if action.isPreferred and vim.startswith(action.title, "DAT011") then
        vim.lsp.util.apply_workspace_edit(action.edit, encoding)
        result.applied = action.title
      end
    end
  end
  vim.cmd("write")
  vim.wait(20000, function()
    for _, d in ipairs(vim.diagnostic.get(0)) do
      if d.code == "DAT011" then return false end
    end
    return true
  end, 50)
  result.left = vim.tbl_map(function(d) return d.code end, vim.diagnostic.get(0))
  local hover = vim.lsp.buf_request_sync(0, "textDocument/hover", {
    textDocument = vim.lsp.util.make_text_document_params(),
    position = { line = 208, character = 1 },
  }, 10000)
  for _, answer in pairs(hover or {}) do
    result.hover = answer.result and answer.result.contents.value
  end
  result.ok = true
end

local fine, problem = pcall(run)
if not fine then result.problem = tostring(problem) end
finish()
