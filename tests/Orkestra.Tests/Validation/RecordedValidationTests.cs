using Orkestra.Asl;
using Orkestra.Expressions.Data;
using Orkestra.Validation;
using Shouldly;
using Xunit;

namespace Orkestra.Tests.Validation;

public sealed class RecordedValidationTests
{
    [Fact]
    public void Refusals_are_worded_as_recorded()
    {
        var wrong = new List<string>();
        foreach (var (_, data) in ConformanceData.Cases("localstack/validate-*.json"))
        {
            var expect = (JsonObject)data["expect"]!;
            var result = Validate(data);
            if (result.IsValid != (expect["valid"] == true)) wrong.Add($"{data.Id()}: valid is {result.IsValid}");
            if (expect["message"] is JsonString message && Tail(result.RefusalMessage) != Tail(message.Value)) wrong.Add($"{data.Id()}: {result.RefusalMessage}");
            if (expect["diagnostics"] is { } diagnostics && result.ToResponse()["diagnostics"] != diagnostics)
                wrong.Add($"{data.Id()}: {result.ToResponse()}");
        }

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public void What_ran_is_accepted()
    {
        var refused = new List<string>();
        foreach (var (file, data) in ConformanceData.Cases("localstack/execution-*.json"))
        {
            if (data["awsValidated"] == false) continue;
            var result = Validate(data);
            if (!result.IsValid) refused.Add($"{file} {data.Id()}: {result.RefusalMessage}");
        }

        refused.ShouldBeEmpty();
    }

    static ValidationResult Validate(JsonObject data)
    {
        // The recordings name an activity by this word where its ARN stood.
        var text = data["definitionText"] is JsonString given ? given.Value : data["definition"]!.ToJson();
        text = text.Replace("\"activity_arn\"", "\"arn:aws:states:us-east-1:111111111111:activity:activity\"", StringComparison.Ordinal)
            .Replace("arn:<partition>:", "arn:aws:", StringComparison.Ordinal);
        return StateMachineValidator.Validate(text, new ValidationOptions { Type = data["type"] == "EXPRESS" ? StateMachineType.Express : StateMachineType.Standard });
    }

    // Some recordings hold what the caller's library put before the service's words.
    static string? Tail(string? message) =>
        message?[Math.Max(0, message.IndexOf("Invalid State Machine", StringComparison.Ordinal))..].Replace("arn:<partition>:", "arn:aws:", StringComparison.Ordinal);
}
