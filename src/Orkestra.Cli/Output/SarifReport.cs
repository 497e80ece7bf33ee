using Orkestra.Asl;
using Orkestra.Expressions.Data;

namespace Orkestra.Cli.Output;

/// <summary>Diagnostics in the Static Analysis Results Interchange Format 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html), which code hosts and editors read.</summary>
internal static class SarifReport
{
    internal static JsonObject Write(IReadOnlyList<(string File, Diagnostic Problem)> problems) => JsonObject.Create(
        ("$schema", "https://json.schemastore.org/sarif-2.1.0.json"),
        ("version", "2.1.0"),
        ("runs", JsonArray.Create([(JsonValue)JsonObject.Create(
            ("tool", JsonObject.Create(("driver", JsonObject.Create(
                ("name", "orkestra"), ("version", Program.Version), ("informationUri", "https://docs.aws.amazon.com/step-functions/latest/apireference/API_ValidateStateMachineDefinition.html"),
                ("rules", JsonArray.Create(problems.Select(found => found.Problem.Id).Distinct(StringComparer.Ordinal).Select(id => (JsonValue)JsonObject.Create(("id", id))))))))),
            ("results", JsonArray.Create(problems.Select(found => (JsonValue)Result(found.File, found.Problem)))))])));

    static JsonObject Result(string file, Diagnostic problem)
    {
        var physical = JsonObject.Create(("artifactLocation", JsonObject.Create(("uri", file.Replace('\\', '/')))));
        if (problem.Line > 0) physical = physical.With("region", JsonObject.Create(("startLine", problem.Line), ("startColumn", problem.Column)));
        var location = JsonObject.Create(("physicalLocation", physical));
        if (problem.Location is { } place) location = location.With("logicalLocations", JsonArray.Create([(JsonValue)JsonObject.Create(("fullyQualifiedName", place))]));
        return JsonObject.Create(
            ("ruleId", problem.Id), ("level", problem.IsError ? "error" : "warning"), ("message", JsonObject.Create(("text", problem.Message))), ("locations", JsonArray.Create([(JsonValue)location])));
    }
}
