using System.ComponentModel;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Orkestra.Asl;
using Orkestra.Asl.Drawing;
using Orkestra.Cli.Commands;
using Orkestra.Expressions.Data;
using Orkestra.Testing;
using Orkestra.Validation;

namespace Orkestra.Cli.Mcp;

/// <summary>The tools of <c>orkestra mcp</c> that need no endpoint: they work on definitions and expressions.</summary>
internal sealed class DefinitionTools(ToolStreams streams)
{
    const string DefinitionHelp = "An Amazon States Language definition: JSON text, or the path of a file.";

    [McpServerTool(Name = "validate_definition", Title = "Validate a definition", ReadOnly = true, OpenWorld = false)]
    [Description("Validates an Amazon States Language definition as AWS Step Functions does. Returns its problems with severity, code, message, location, line and column; an empty array means that it is valid.")]
    internal CallToolResult Validate([Description(DefinitionHelp)] string definition, [Description("STANDARD or EXPRESS.")] string type = "STANDARD") => McpTools.Guarded(() =>
    {
        var found = StateMachineValidator.Validate(Text(definition), new ValidationOptions { Type = type == "EXPRESS" ? StateMachineType.Express : StateMachineType.Standard });
        return JsonArray.Create(found.Diagnostics.Select(problem => (JsonValue)ValidateCommand.ToJson(null, problem))).ToIndentedJson();
    });

    [McpServerTool(Name = "explain_diagnostic", Title = "Explain a diagnostic", ReadOnly = true, OpenWorld = false)]
    [Description("Explains a code: of an Orkestra analyzer (ORK001), of the validation of a definition (SCHEMA_VALIDATION_FAILED), or the name of an error (States.Timeout), with its usual fixes.")]
    internal static CallToolResult Explain([Description("The code.")] string code) =>
        McpTools.Guarded(() => Explanations.Find(code) ?? throw new ToolException($"There is no diagnostic '{code}'. Known codes: {string.Join(", ", Explanations.Codes)}."));

    [McpServerTool(Name = "run_definition", Title = "Run a definition", ReadOnly = true, OpenWorld = false)]
    [Description(
        "Runs a definition with an input on the embedded engine and returns status, output or error, and the states in the order in which they were entered. Waits take no time. Tasks are not called: " +
        "each Task state needs an answer in 'answers'; a Task state without one fails.")]
    internal Task<CallToolResult> RunAsync(
        [Description(DefinitionHelp)] string definition,
        [Description("The input as JSON text.")] string input = "{}",
        [Description("A JSON object with an answer for each Task state by the state's name. The answer is the result of the task, or {\"error\": \"Name\", \"cause\": \"…\"} to fail it.")] string answers = "{}") => McpTools.GuardedAsync(async () =>
    {
        var test = WorkflowTest.OfAsl(Text(definition));
        foreach (var (state, answer) in Json(answers) as JsonObject ?? throw new ToolException("'answers' must be a JSON object."))
        {
            if (answer is JsonObject { Count: <= 2 } && answer["error"] is JsonString error) test.Fail(state, error.Value, (answer["cause"] as JsonString)?.Value);
            else test.Answer(state, answer);
        }

        var run = await test.RunAsync(Json(input)).ConfigureAwait(false);
        var json = new JsonObject.Builder(6).Set("status", run.Result.Status.ToString().ToUpperInvariant());
        if (run.Output is { } output) json.Set("output", output);
        if (run.Result.Error is { } failed) json.Set("error", failed);
        if (run.Result.Cause is { } cause) json.Set("cause", cause);
        json.Set("states", JsonArray.Create(run.Path.Select(name => (JsonValue)name)));
        json.Set("virtualSeconds", run.Elapsed.TotalSeconds);
        return json.Build().ToIndentedJson();
    });

    [McpServerTool(Name = "draw_definition", Title = "Draw a definition", ReadOnly = true, OpenWorld = false)]
    [Description("Draws a definition as a Mermaid flowchart.")]
    internal CallToolResult Draw([Description(DefinitionHelp)] string definition) => McpTools.Guarded(() =>
    {
        var read = AslReader.Read(Text(definition));
        return read.Document is { } document ? MermaidGraph.Write(document) : throw new ToolException($"This is not a definition. {read.Diagnostics[0].Message}");
    });

    [McpServerTool(Name = "evaluate_expression", Title = "Evaluate an expression", ReadOnly = true, OpenWorld = false)]
    [Description("Evaluates an expression over JSON data.")]
    internal static CallToolResult Evaluate(
        [Description("The expression.")] string expression,
        [Description("The data as JSON text.")] string data = "{}",
        [Description("jsonata: as Step Functions evaluates it, with the data in $states.input. jsonata-js: as the JavaScript reference does, with the data at the top. jsonpath.")] string language = "jsonata",
        [Description("A JSON object with the variables of a JSONata expression.")] string variables = "{}") => McpTools.Guarded(() =>
        (EvalCommand.Evaluate(expression, language, Json(data), Json(variables) as JsonObject ?? throw new ToolException("'variables' must be a JSON object."))
            ?? throw new ToolException("The expression has no result.")).ToIndentedJson());

    string Text(string definition) => definition.TrimStart().StartsWith('{') ? definition : ToolInput.Text(definition, streams);

    static JsonValue Json(string text)
    {
        try
        {
            return JsonValue.Parse(System.Text.Encoding.UTF8.GetBytes(text));
        }
        catch (JsonFormatException problem)
        {
            throw new ToolException($"This is not JSON (line {problem.Line}, column {problem.Column}): {problem.Message}");
        }
    }
}
