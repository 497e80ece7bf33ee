using System.CommandLine;
using Orkestra.Expressions.Data;
using Orkestra.Expressions.Jsonata;
using Orkestra.Expressions.Paths;

namespace Orkestra.Cli.Commands;

/// <summary><c>orkestra eval</c>: evaluates an expression over JSON.</summary>
internal static class EvalCommand
{
    internal static Command Create(ToolStreams streams)
    {
        var expression = new Argument<string>("EXPRESSION") { Description = "The expression, JSONata by default, with or without {% and %}." };
        var input = new Option<string>("--input") { Description = "The data: a file, JSON text, or - for standard input, the default.", DefaultValueFactory = _ => ToolInput.Standard, HelpName = "FILE|JSON|-" };
        var language = new Option<string>("--language") { Description = "jsonata, as Step Functions evaluates it, with the data in $states.input; jsonata-js, as the JavaScript reference does, with the data at the top; jsonpath.", DefaultValueFactory = _ => "jsonata" };
        language.AcceptOnlyFromAmong("jsonata", "jsonata-js", "jsonpath");
        var variables = new Option<string?>("--variables") { Description = "An object with the variables of a JSONata expression.", HelpName = "FILE|JSON" };
        var raw = new Option<bool>("--raw") { Description = "Writes a string without quotes." };
        var json = new Option<bool>("--json") { Description = "Writes the result on one line." };
        var command = new Command("eval", "Evaluates an expression over JSON. The exit code is 1 if it fails or has no result.") { expression, input, language, variables, raw, json };
        command.SetAction(parsed =>
        {
            var data = ToolInput.Json(parsed.GetValue(input)!, streams);
            var bindings = parsed.GetValue(variables) is { } given ? ToolInput.Json(given, streams) : JsonObject.Empty;
            var result = Evaluate(parsed.GetValue(expression)!, parsed.GetValue(language)!, data, bindings as JsonObject ?? throw new ToolException("--variables must be an object."));
            if (result is null) throw new ToolException("The expression has no result.", ToolExitCode.Failure);
            streams.Output.WriteLine(result is JsonString text && parsed.GetValue(raw) ? text.Value : parsed.GetValue(json) || !streams.IsOutputTerminal ? result.ToJson() : result.ToIndentedJson());
            return ToolExitCode.Success;
        });
        return command;
    }

    internal static JsonValue? Evaluate(string expression, string language, JsonValue data, JsonObject variables)
    {
        try
        {
            if (language == "jsonpath") return JsonPath.Compile(expression).Evaluate(data);
            var text = expression.Trim();
            if (text.StartsWith("{%", StringComparison.Ordinal) && text.EndsWith("%}", StringComparison.Ordinal) && text.Length >= 4) text = text[2..^2];
            var bindings = new JsonataBindings();
            foreach (var (name, value) in variables) bindings.Set(name, value);
            if (language == "jsonata-js") return Jsonata.Compile(text).Evaluate(data, bindings, JsonataLimits.Default);
            // Step Functions gives an expression no data but its variables.
            bindings.Set("states", JsonObject.Create(("input", data)));
            return Jsonata.Compile(text, JsonataOptions.StepFunctions).Evaluate(null, bindings, JsonataLimits.Default);
        }
        catch (JsonataException problem)
        {
            throw new ToolException($"{problem.Code}: {problem.Message}", ToolExitCode.Failure);
        }
        catch (Exception problem) when (problem is JsonPathSyntaxException or JsonPathLimitException)
        {
            throw new ToolException(problem.Message, ToolExitCode.Failure);
        }
    }
}
