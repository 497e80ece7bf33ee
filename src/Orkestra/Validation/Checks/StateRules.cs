using System.Collections.Frozen;
using Orkestra.Asl;
using Orkestra.Asl.Reading;
using Orkestra.Expressions.Data;

namespace Orkestra.Validation.Checks;

/// <summary>What states are held to, type by type (https://states-language.net/spec.html#statetypes).</summary>
internal static class StateRules
{
    const string Types = "Task, Wait, Pass, Succeed, Fail, Choice, Parallel, Map";
    static readonly string[] NextOrEnd = ["Next", "End"];

    static readonly FieldRule[] Common =
    [
        new("Type", FieldValues.Anything),
        new("Comment", FieldValues.Text),
        new("QueryLanguage", FieldValues.Word("JSONPath", "JSONata")),
    ];

    static readonly FieldRule[] Flow =
    [
        .. Common,
        new("InputPath", ExpressionChecks.PathOrNull, QueryLanguage.JSONPath),
        new("OutputPath", ExpressionChecks.PathOrNull, QueryLanguage.JSONPath),
        new("Output", ExpressionChecks.Jsonata, QueryLanguage.JSONata),
    ];

    static readonly FieldRule[] Steps =
    [
        .. Flow,
        new("Assign", PartRules.Assign),
        new("Next", FieldValues.NonEmptyText),
        new("End", FieldValues.Boolean),
    ];

    static readonly FieldRule[] Work =
    [
        .. Steps,
        new("ResultSelector", ExpressionChecks.PayloadObject, QueryLanguage.JSONPath),
        new("ResultPath", ExpressionChecks.ResultPath, QueryLanguage.JSONPath),
        new("Retry", PartRules.Retry),
        new("Catch", PartRules.Catch),
    ];

    static readonly FrozenDictionary<string, ObjectRule> ByType = new Dictionary<string, ObjectRule>
    {
        ["Pass"] = new([
            .. Steps,
            new("Parameters", ExpressionChecks.Payload, QueryLanguage.JSONPath),
            new("Result", PassResult, QueryLanguage.JSONPath),
            new("ResultPath", ExpressionChecks.ResultPath, QueryLanguage.JSONPath),
        ])
        { ExactlyOne = [NextOrEnd] },

        ["Task"] = new([
            .. Work,
            new("Resource", Resources.Check),
            new("Parameters", ExpressionChecks.Payload, QueryLanguage.JSONPath),
            new("Arguments", ExpressionChecks.Jsonata, QueryLanguage.JSONata),
            new("Credentials", PartRules.Credentials),
            new("TimeoutSeconds", FieldValues.IntegerOrExpression(1, FieldValues.LongestSeconds)),
            new("TimeoutSecondsPath", ExpressionChecks.Reference, QueryLanguage.JSONPath),
            new("HeartbeatSeconds", FieldValues.IntegerOrExpression(1, FieldValues.LongestSeconds)),
            new("HeartbeatSecondsPath", ExpressionChecks.Reference, QueryLanguage.JSONPath),
        ])
        {
            Required = ["Resource"],
            AtMostOne = [["TimeoutSeconds", "TimeoutSecondsPath"], ["HeartbeatSeconds", "HeartbeatSecondsPath"]],
            ExactlyOne = [NextOrEnd],
        },

        ["Choice"] = new([
            .. Flow,
            new("Assign", PartRules.Assign),
            new("Choices", ChoiceRules.Choices),
            new("Default", FieldValues.NonEmptyText),
        ])
        { Required = ["Choices"] },

        ["Wait"] = new([
            .. Steps,
            new("Seconds", FieldValues.IntegerOrExpression(0, FieldValues.LongestSeconds)),
            new("SecondsPath", ExpressionChecks.Reference, QueryLanguage.JSONPath),
            new("Timestamp", Timestamp),
            new("TimestampPath", ExpressionChecks.Reference, QueryLanguage.JSONPath),
        ])
        { ExactlyOne = [["SecondsPath", "Seconds", "TimestampPath", "Timestamp"], NextOrEnd] },

        ["Succeed"] = new(Flow),

        ["Fail"] = new([
            .. Common,
            new("Error", ExpressionChecks.TextOrExpression),
            new("ErrorPath", ExpressionChecks.ReferenceOrIntrinsic, QueryLanguage.JSONPath),
            new("Cause", ExpressionChecks.TextOrExpression),
            new("CausePath", ExpressionChecks.ReferenceOrIntrinsic, QueryLanguage.JSONPath),
        ])
        { AtMostOne = [["Error", "ErrorPath"], ["Cause", "CausePath"]] },

        ["Parallel"] = new([
            .. Work,
            new("Parameters", ExpressionChecks.Payload, QueryLanguage.JSONPath),
            new("Arguments", ExpressionChecks.Jsonata, QueryLanguage.JSONata),
            new("Branches", GraphRules.Branches),
        ])
        { Required = ["Branches"], ExactlyOne = [NextOrEnd] },

        ["Map"] = MapRules.Map([.. Work], NextOrEnd),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Checks the states of a graph.</summary>
    internal static void States(FieldContext field)
    {
        if (field.Value.Kind != JsonKind.Object)
        {
            field.Expected("OBJECT");
            return;
        }

        if (field.Value.Members.Count == 0) field.Schema("Value cannot be empty");
        foreach (var member in field.Value.Members) Check(field.Checker, member.Name, member.Value, $"{field.Location}/{member.Name}");
    }

    internal static void Check(Checker checker, string name, SourceNode node, string location)
    {
        if (name.Length is 0 or > 80)
            checker.Error(Codes.InvalidStateName, name.Length > 0 ? $"Invalid State name: State '{name}' exceeds the 80-character limit allowed by the service" : "Invalid State name: a state name has at least 1 character", location, node);
        if (node.Kind != JsonKind.Object)
        {
            checker.Schema("Expected value of type [OBJECT]", location, node);
            return;
        }

        var type = node.Find("Type");
        if (type is null)
        {
            checker.Schema("These fields are required: [Type]", location, node);
            return;
        }

        if (type.Text is null || !ByType.TryGetValue(type.Text, out var rule))
        {
            checker.Schema($"The field 'Type' should have one of these values: [{Types}]", $"{location}/Type", type);
            return;
        }

        rule.Check(checker, node, location, ScopeOf(checker, node, location) with { Result = type.Text is "Task" or "Parallel" or "Map" });
        if (type.Text == "Task") Resources.Together(checker, node, location);
    }

    // Only the exact word is JSONPath: whatever else the field holds makes the state speak JSONata.
    static Scope ScopeOf(Checker checker, SourceNode node, string location)
    {
        var language = node.Find("QueryLanguage");
        if (language is null) return new Scope(checker.MachineIsJsonata);
        if (language.Text != "JSONPath") return new Scope(Jsonata: true);
        if (checker.MachineIsJsonata)
            checker.Schema("'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine", location, node);
        return new Scope(Jsonata: false, Checked: !checker.MachineIsJsonata);
    }

    static void Timestamp(FieldContext field)
    {
        if (field.Value.Text is not { } text)
            field.Expected("STRING");
        else if (field.Jsonata && text.StartsWith("{%", StringComparison.Ordinal))
            ExpressionChecks.Jsonata(field);
        else if (!Rfc3339.IsValid(text) && !FieldValues.IsPlaceholder(text))
            field.Schema("String does not match RFC3339 timestamp");
    }

    static void PassResult(FieldContext field)
    {
        foreach (var member in field.Value.Members)
        {
            if (!member.Name.EndsWith(".$", StringComparison.Ordinal)) continue;
            field.Checker.Warning(
                Codes.StaticResult, $"The field '{member.Name}' is taken literally: the Result of a Pass state is not a payload template.", field.Location,
                member.Value);
        }
    }
}
