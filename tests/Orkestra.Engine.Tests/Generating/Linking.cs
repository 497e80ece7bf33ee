using System.Globalization;
using Orkestra.Expressions.Data;

namespace Orkestra.Engine.Tests.Generating;

/// <summary>
/// Makes a graph of a list of states that do not know each other: each gets a name and goes on to the next one, the last one ends the graph. Where a state names another it says how
/// far away it is, such as <c>+2</c> or <c>-1</c>.
/// </summary>
static class Linking
{
    /// <summary>Makes <c>StartAt</c> and <c>States</c> of the states in the array <c>Chain</c>, in the object itself and in all within it.</summary>
    public static JsonObject Link(JsonObject graph)
    {
        var count = 0;
        return Graph(graph, ref count);
    }

    static JsonObject Graph(JsonObject graph, ref int count)
    {
        var chain = ((JsonArray)graph["Chain"]!).ToArray();
        var names = new string[chain.Length];
        for (var i = 0; i < names.Length; i++) names[i] = $"{((JsonString)chain[i]["Type"]!).Value} {++count}";
        var states = new JsonObject.Builder(names.Length);
        for (var i = 0; i < names.Length; i++) states.Set(names[i], State((JsonObject)chain[i], i, names, ref count));
        var linked = new JsonObject.Builder(4);
        foreach (var (name, value) in graph)
        {
            if (name != "Chain") linked.Set(name, value);
        }

        return linked.Set("StartAt", names[0]).Set("States", states.Build()).Build();
    }

    static JsonObject State(JsonObject state, int at, string[] names, ref int count)
    {
        var linked = new JsonObject.Builder(8);
        foreach (var (name, value) in state) linked.Set(name, Field(name, value, at, names, ref count));
        if (state["Type"] is JsonString { Value: "Choice" or "Succeed" or "Fail" }) return linked.Build();
        if (at + 1 < names.Length) linked.Set("Next", names[at + 1]);
        else linked.Set("End", true);
        return linked.Build();
    }

    static JsonValue Field(string name, JsonValue value, int at, string[] names, ref int count)
    {
        switch (name)
        {
            case "Default":
                return Target(value, at, names);
            case "Choices" or "Catch":
                return JsonArray.Create(((JsonArray)value).ToArray().Select(item => (JsonValue)((JsonObject)item).With("Next", Target(item["Next"]!, at, names))));
            case "Branches":
                var branches = new List<JsonValue>();
                foreach (var branch in ((JsonArray)value).ToArray()) branches.Add(Graph((JsonObject)branch, ref count));
                return JsonArray.Create(branches);
            case "ItemProcessor":
                return Graph((JsonObject)value, ref count);
            default:
                return value;
        }
    }

    static string Target(JsonValue distance, int at, string[] names) =>
        names[Math.Clamp(at + int.Parse(((JsonString)distance).Value, CultureInfo.InvariantCulture), 0, names.Length - 1)];
}
