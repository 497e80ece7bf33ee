using Orkestra.Expressions.Data;

namespace Orkestra.Asl.Writing;

/// <summary>Gathers the fields of one object; what is absent is left out.</summary>
internal sealed class ElementWriter
{
    readonly JsonObject.Builder fields = new(8);

    internal ElementWriter Set(string name, string? value) => value is null ? this : Add(name, JsonString.Create(value));

    internal ElementWriter Set(string name, bool? value) => value is null ? this : Add(name, JsonBoolean.Create(value.Value));

    internal ElementWriter Set(string name, int? value) => value is null ? this : Add(name, JsonNumber.Create(value.Value));

    internal ElementWriter Set(string name, double? value) => value is null ? this : Add(name, JsonNumber.Create(value.Value));

    internal ElementWriter Set(string name, QueryLanguage? value) => value is null ? this : Add(name, JsonString.Create(value.Value.ToString()));

    internal ElementWriter Set(string name, PathField value) => value.IsAbsent ? this : Add(name, value.Text);

    internal ElementWriter Set(string name, JsonValue? value) => value is null ? this : Add(name, value);

    internal ElementWriter Set(string name, EquatableList<string> values) =>
        values.IsAbsent ? this : Add(name, JsonArray.Create(values.Select(value => (JsonValue)value)));

    internal ElementWriter Set<T>(string name, EquatableList<T> elements, Func<T, JsonValue> write) =>
        elements.IsAbsent ? this : Add(name, JsonArray.Create(elements.Select(write)));

    internal ElementWriter Set(string name, EquatableMap<State> states)
    {
        if (states.IsAbsent) return this;
        var members = new JsonObject.Builder(states.Count);
        foreach (var (stateName, state) in states) members.Set(stateName, StateWriter.Write(state));
        return Add(name, members.Build());
    }

    internal JsonObject Build(AslElement element)
    {
        foreach (var (name, value) in element.Extensions) fields.Set(name, value);
        return fields.Build();
    }

    ElementWriter Add(string name, JsonValue value)
    {
        fields.Set(name, value);
        return this;
    }
}
