using System.CommandLine;
using Orkestra.Asl;
using Orkestra.Cli.Output;
using Orkestra.Expressions.Data;
using Orkestra.Validation;

namespace Orkestra.Cli.Commands;

/// <summary><c>orkestra validate</c>: what AWS says of definitions, without AWS.</summary>
internal static class ValidateCommand
{
    internal static Command Create(ToolStreams streams)
    {
        var files = new Argument<string[]>("FILE") { Description = "Definitions (ASL); - for standard input.", Arity = ArgumentArity.OneOrMore };
        var format = new Option<string>("--format") { Description = "text, json or sarif.", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "json", "sarif");
        var json = new Option<bool>("--json") { Description = "The same as --format json." };
        var express = new Option<bool>("--express") { Description = "The definitions are for Express state machines." };
        var command = new Command("validate", "Validates definitions and reports problems with AWS's codes. The exit code is 1 if there is an error.") { files, format, json, express };
        command.SetAction(parsed => Run(
            parsed.GetValue(files)!, parsed.GetValue(json) ? "json" : parsed.GetValue(format)!, parsed.GetValue(express) ? StateMachineType.Express : StateMachineType.Standard, streams));
        return command;
    }

    static int Run(string[] files, string format, StateMachineType type, ToolStreams streams)
    {
        var problems = new List<(string File, Diagnostic Problem)>();
        foreach (var file in files)
        {
            var found = StateMachineValidator.Validate(ToolInput.Text(file, streams), new ValidationOptions { Type = type });
            problems.AddRange(found.Diagnostics.Select(problem => (file, problem)));
        }

        switch (format)
        {
            case "sarif":
                streams.Output.WriteLine(SarifReport.Write(problems).ToIndentedJson());
                break;
            case "json":
                streams.Output.WriteLine(JsonArray.Create(problems.Select(found => (JsonValue)ToJson(found.File, found.Problem))).ToIndentedJson());
                break;
            default:
                foreach (var (file, problem) in problems) streams.Output.WriteLine(DiagnosticText.Line(file, problem));
                break;
        }

        return problems.Exists(found => found.Problem.IsError) ? ToolExitCode.Failure : ToolExitCode.Success;
    }

    internal static JsonObject ToJson(string? file, Diagnostic problem) => JsonObject.Create(
        ("file", file), ("line", problem.Line), ("column", problem.Column), ("severity", problem.IsError ? "ERROR" : "WARNING"), ("code", problem.Id), ("message", problem.Message), ("location", problem.Location));
}
