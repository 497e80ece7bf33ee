using Orkestra.Expressions.Data;

namespace Orkestra.Comparison.Trying;

/// <summary>Orders that take different ways.</summary>
internal static class Inputs
{
    public static IReadOnlyDictionary<string, JsonValue> All { get; } = new Dictionary<string, JsonValue>
    {
        ["small"] = Order(),
        ["pickup"] = Order(delivery: """{"$type":"pickup","store":"Main Street"}"""),
        ["large"] = Order(quantity: 100),
        ["declined"] = Order(customer: "broke@example.com"),
        ["lost"] = Order(delivery: """{"$type":"parcel","address":"nowhere"}"""),
    };

    static JsonValue Order(int quantity = 2, string customer = "ada@example.com", string delivery = """{"$type":"parcel","address":"1 Main Street"}""") =>
        JsonValue.Parse($$"""{"id":"A-1","customer":"{{customer}}","delivery":{{delivery}},"lines":[{"item":"lantern","quantity":{{quantity}}}]}""");
}
