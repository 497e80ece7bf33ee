using Orkestra.Expressions.Data;
using Orkestra.Validation;
using Shouldly;
using Xunit;

namespace Orkestra.Tests.Validation;

/// <summary>What other validators think of documents. Their word is not the service's: where it differs, the reason stands here.</summary>
public sealed class OpinionTests
{
    static readonly Dictionary<string, string> Differ = new(StringComparer.Ordinal)
    {
        // statelint wants any URI; the service wants an ARN.
        ["backoff-with-jitter-on-retry"] = "foo:bar is no ARN",
        ["backoff-with-backoffrate-decimal"] = "foo:bar is no ARN",
        ["task-with-resultpath"] = "foo:bar is no ARN",
        ["task-with-dynamic-timeouts"] = "foo:bar is no ARN",
        ["task-with-resultselector"] = "foo:bar is no ARN",
        ["states-array-invocation"] = "foo:bar is no ARN",
        ["states-format-invocation"] = "foo:bar is no ARN",
        ["states-stringtojson-invocation"] = "foo:bar is no ARN",
        ["states-jsontostring-invocation"] = "foo:bar is no ARN",
        ["states-encoding-decoding-intrinsic-functions"] = "foo:bar is no ARN",
        ["states-math-intrinsic-functions"] = "foo:bar is no ARN",
        ["states-string-intrinsic-functions"] = "foo:bar is no ARN",
        ["task-with-credentials"] = "foo:bar is no ARN, and the field is RoleArn",
        ["succeed-with-comment-in-catcher"] = "a catcher may have a Comment",
        ["invalid-jsonata-surround-syntax-no-spaces"] = "{%10%} is an expression: white space is not asked for",
        ["valid-assign.asl"] = "top-level is no name of a variable",
        ["valid-task-credentials"] = "Credentials need a RoleArn, as recorded",
    };

    [Theory]
    [InlineData("validation/asl-validator.json")]
    [InlineData("validation/statelint.json")]
    [InlineData("validation/asl-language-service.json")]
    public void Other_validators_agree_but_for_known_reasons(string file)
    {
        var wrong = new List<string>();
        foreach (var (_, data) in ConformanceData.Cases(file))
        {
            var text = data["definitionText"] is JsonString given ? given.Value : data["definition"]!.ToJson();
            var result = StateMachineValidator.Validate(text);
            var agrees = result.IsValid == (data["expect"]!["valid"] == true);
            if (agrees == Differ.ContainsKey(data.Id())) wrong.Add($"{data.Id()}: {data["expect"]} {result.RefusalMessage}\n   {text[..Math.Min(text.Length, 700)]}");
        }

        wrong.ShouldBeEmpty();
    }
}
