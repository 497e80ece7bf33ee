using System.Collections.Frozen;
using Orkestra.Asl;
using Orkestra.Asl.Reading;
using Orkestra.Expressions.Data;

namespace Orkestra.Validation.Checks;

/// <summary>What an object is held to: the fields it may have, must have, and may not have together.</summary>
internal sealed class ObjectRule
{
    readonly FrozenDictionary<string, FieldRule> fields;

    internal ObjectRule(params FieldRule[] fields) => this.fields = fields.ToFrozenDictionary(field => field.Name, StringComparer.Ordinal);

    /// <summary>Fields that must be there.</summary>
    internal string[] Required { get; init; } = [];

    /// <summary>Sets of fields of which at most one may be there.</summary>
    internal string[][] AtMostOne { get; init; } = [];

    /// <summary>Sets of fields of which exactly one must be there.</summary>
    internal string[][] ExactlyOne { get; init; } = [];

    /// <summary>Checks an object, then its fields in the order they are written.</summary>
    internal void Check(Checker checker, SourceNode node, string location, Scope scope)
    {
        if (node.Kind != JsonKind.Object)
        {
            checker.Schema("Expected value of type [OBJECT]", location, node);
            return;
        }

        var missing = Required.Where(name => node.Find(name) is null).ToArray();
        if (missing.Length > 0) checker.Schema($"These fields are required: [{string.Join(", ", missing)}]", location, node);
        Unsupported(checker, node, location);
        foreach (var group in AtMostOne) Together(checker, node, location, group, must: false);
        foreach (var group in ExactlyOne) Together(checker, node, location, group, must: true);
        if (scope.Checked) Languages(checker, node, location, scope);
        foreach (var member in node.Members)
        {
            if (fields.TryGetValue(member.Name, out var field) && Spoken(field, scope))
                field.Check(new FieldContext(checker, member.Name, member.Value, $"{location}/{member.Name}", scope));
        }
    }

    void Unsupported(Checker checker, SourceNode node, string location)
    {
        foreach (var member in node.Members)
        {
            if (!fields.ContainsKey(member.Name)) checker.Schema($"Field '{member.Name}' is not supported", location, member.Value);
        }
    }

    static void Together(Checker checker, SourceNode node, string location, string[] group, bool must)
    {
        var count = group.Count(name => node.Find(name) is not null);
        if (count > 1) checker.Schema($"There should only be one of the following fields: [{string.Join(", ", group)}]", location, node);
        if (count == 0 && must) checker.Schema($"This object should have only one of the following fields: [{string.Join(", ", group)}]", location, node);
    }

    void Languages(Checker checker, SourceNode node, string location, Scope scope)
    {
        foreach (var member in node.Members)
        {
            if (!fields.TryGetValue(member.Name, out var field) || Spoken(field, scope)) continue;
            var spoken = scope.Jsonata ? QueryLanguage.JSONata : QueryLanguage.JSONPath;
            checker.Schema(
                $"The QueryLanguage is set to '{spoken}', but field '{member.Name}' is only supported for the '{field.Language}' QueryLanguage",
                location,
                member.Value);
        }
    }

    static bool Spoken(FieldRule field, Scope scope) =>
        field.Language is null || (field.Language == QueryLanguage.JSONata) == scope.Jsonata;
}
