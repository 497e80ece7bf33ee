using Shouldly;
using Xunit;

namespace Orkestra.Analyzers.Tests.Payloads;

/// <summary>ORK026: casts of what arrives as object.</summary>
public sealed class ObjectCastTests
{
    [Theory]
    [InlineData("static readonly Step<object, string> Pay = new(o => ((Item)o).Name);", "(Item)o", "declare the step 'Pay' as Step<Item, …>")]
    [InlineData("static readonly Step<object?, int> Pay = new(o => o is Item ? 1 : 2);", "o is Item", "declare the step 'Pay' as Step<Item, …>")]
    [InlineData("static readonly Step<object?, int> Pay = new(o => (o as Item)?.Name.Length ?? 0);", "o as Item", "declare the step 'Pay' as Step<Item, …>")]
    [InlineData("static readonly Step<Box, int> Pay = new(box => (int)box.Value);", "(int)box.Value", "declare 'Value' of Box as int, or read it with '((JsonElement)box.Value).Deserialize<int>()'")]
    [InlineData("static readonly Step<Dictionary<string, object>, int> Pay = new(d => (int)d[\"n\"]);", "(int)d[\"n\"]", "declare a record with the members that are read, or read it with '((JsonElement)d[\"n\"]).Deserialize<int>()'")]
    [InlineData("static readonly Step<Dictionary<string, object>, int> Pay = new(d => d[\"n\"] is int n ? n : 0);", "d[\"n\"] is int n", "Deserialize<int>()'")]
    [InlineData("static readonly Step<Dictionary<string, object>, int> Pay = new(d => d[\"vip\"] is true ? 1 : 0);", "d[\"vip\"] is true", "Deserialize<bool>()'")]
    [InlineData("static readonly Step<object[], string?> Pay = new(d => d[0] as string);", "d[0] as string", "Deserialize<string>()'")]
    [InlineData("static readonly Step<Bag, string?> Pay = new(bag => bag.Values[0] as string);", "bag.Values[0] as string", "Deserialize<string>()'")]
    [InlineData("static readonly Step<Box, bool> Pay = new(box => box.Value.Equals(\"a\"));", "box.Value.Equals(\"a\")", "declare 'Value' of Box as string, or read it with '((JsonElement)box.Value).Deserialize<string>()'")]
    [InlineData("static readonly Step<Box, bool> Pay = new(box => \"a\".Equals(box.Value));", "\"a\".Equals(box.Value)", "Deserialize<string>()'")]
    [InlineData("static readonly Step<Box, bool> Pay = new(box => Equals(box.Value, 3));", "Equals(box.Value, 3)", "Deserialize<int>()'")]
    [InlineData("static readonly Step<Box, bool> Pay = new(box => box.Value == (object)\"a\");", "box.Value == (object)\"a\"", "Deserialize<string>()'")]
    [InlineData("static readonly Step<Box, int> Pay = new(box => Convert.ToInt32(box.Value));", "Convert.ToInt32(box.Value)", "Deserialize<int>()'")]
    [InlineData("static readonly Step<Dictionary<string, object>, long> Pay = new(d => Convert.ToInt64(d[\"n\"]));", "Convert.ToInt64(d[\"n\"])", "Deserialize<long>()'")]
    [InlineData("static readonly Step<Bag, int> Pay = new(bag => bag.Values.OfType<string>().Count());", "bag.Values.OfType<string>()", "declare the elements as string, or read each as a JsonElement, with 'Deserialize<string>()'")]
    [InlineData("static readonly Step<object[], int> Pay = new(all => all.Cast<int>().Sum());", "all.Cast<int>()", "with 'Deserialize<int>()'")]
    [InlineData("static readonly Step<Dictionary<string, object>, int> Pay = new(d => d.Values.OfType<string>().Count());", "d.Values.OfType<string>()", "with 'Deserialize<string>()'")]
    [InlineData("static readonly Step<Bag, int> Pay = new(bag => { var sum = 0; foreach (int n in bag.Values) sum += n; return sum; });", "int", "declare the elements as int, or read each as a JsonElement, with 'Deserialize<int>()'")]
    [InlineData("static readonly Step<Box, int> Pay = new(box => { switch (box.Value) { case int n: return n; case string text: return text.Length; default: return 0; } });", "box.Value", "Deserialize<int>()'")]
    [InlineData("static readonly Step<Box, int> Pay = new(box => box.Value switch { null => 0, \"a\" => 1, _ => 2 });", "box.Value", "Deserialize<string>()'")]
    [InlineData("static readonly Step<Box, bool> Pay = new(box => box.Value is int or long);", "box.Value is int or long", "Deserialize<int>()'")]
    [InlineData("static readonly Step<Box, bool> Pay = new(box => box.Value is > 3);", "box.Value is > 3", "Deserialize<int>()'")]
    [InlineData("static readonly Step<Box, bool> Pay = new(box => box.Value is Item { Name: \"a\" });", "box.Value is Item { Name: \"a\" }", "Deserialize<Item>()'")]
    [InlineData("static readonly Step<Box, int> Pay = new(Read); static int Read(Box box) => (int)box.Value;", "(int)box.Value", "Deserialize<int>()'")]
    [InlineData("static readonly Step<Box, int> Pay = new(given => Read(given)); static int Read(Box box) => (int)box.Value;", "Read(given)", "so it is never int (in 'Read'): declare 'Value' of Box as int, or read it with '((JsonElement)box.Value).Deserialize<int>()'")]
    [InlineData("static readonly Step<Box, int> Pay = new(box => Read(box.Value)); static int Read(object value) => (int)value;", "Read(box.Value)", "so it is never int (in 'Read'): declare 'Value' of Box as int, or read it with '((JsonElement)box.Value).Deserialize<int>()'")]
    [InlineData("static readonly Step<object, int> Pay = new(o => Read(o)); static int Read(object value) => value is string text ? text.Length : 0;", "Read(o)", "so it is never string (in 'Read'): declare the step 'Pay' as Step<string, …>")]
    public void Are_reported(string member, string at, string fix)
    {
        var finding = Found(member).ShouldHaveSingleItem();
        (finding.Id, finding.Code).ShouldBe(("ORK026", at));
        finding.Message.ShouldEndWith(fix);
    }

    [Theory]
    [InlineData("static readonly Step<Secretive, int> Pay = new(given => given.Secret.Length);", "given.Secret")]
    [InlineData("static readonly Step<Holder, int> Pay = new(given => given.Held.Secret.Length);", "given.Held.Secret")]
    public void A_member_that_is_ignored_never_arrives(string member, string at)
    {
        var finding = Found(member).ShouldHaveSingleItem();
        (finding.Id, finding.Code).ShouldBe(("ORK004", at));
        finding.Message.ShouldBe($"'{at}' never arrives in step 'Pay', because 'Secret' of Secretive has [JsonIgnore]: remove the attribute, or compute the value in this step.");
    }

    [Theory]
    [InlineData("static readonly Step<Secretive, int> Pay = new(given => given.Computed + given.Sometimes);")]
    [InlineData("static readonly Step<Item, int> Pay = new(item => { var own = new Secretive { Secret = item.Name }; return own.Secret.Length; });")]
    [InlineData("static readonly Step<Secretive, Secretive> Pay = new(given => { given.Secret = \"\"; return given; });")]
    [InlineData("static readonly Step<object, string> Pay = new(o => ((System.Text.Json.JsonElement)o).GetRawText());")]
    [InlineData("static readonly Step<object?, int> Pay = new(o => o is System.Text.Json.JsonElement element ? element.GetArrayLength() : 0);")]
    [InlineData("static readonly Step<object?, int> Pay = new(o => o is null ? 0 : 1);")]
    [InlineData("static readonly Step<Dictionary<string, object>, int> Pay = new(d => { d[\"n\"] = 3; return (int)d[\"n\"]; });")]
    [InlineData("static readonly Step<Dictionary<string, object?>, int> Pay = new(d => d[\"n\"] is null ? 0 : 1);")]
    [InlineData("static readonly Step<Dictionary<string, int>, bool> Pay = new(d => d[\"n\"] is 3);")]
    [InlineData("static readonly Step<int, int> Pay = new(n => { Dictionary<string, object> own = new() { [\"n\"] = n }; return (int)own[\"n\"]; });")]
    [InlineData("static readonly Step<Item, object> Pay = new(item => (object)item);")]
    [InlineData("static readonly Step<Item, string> Pay = new(item => { object boxed = item; return ((Item)boxed).Name; });")]
    [InlineData("static readonly Step<object, string> Pay = new(o => ((Item)o).Name); sealed class Own : Workflow<int, int> { protected override System.Text.Json.JsonSerializerOptions? JsonOptions => null; public override Flow<int, int> Define() => Flow.Input<int>().Select(n => n); }")]
    [InlineData("static readonly Step<Box, int> Pay = new(box => box.Value is System.Text.Json.JsonElement e ? e.GetInt32() : (int)box.Value);")]
    [InlineData("static readonly Step<Box, int> Pay = new(box => box.Value switch { System.Text.Json.JsonElement e => e.GetInt32(), int n => n, _ => 0 });")]
    [InlineData("static readonly Step<Box, int> Pay = new(box => Read(box.Value)); static int Read(object value) => value is System.Text.Json.JsonElement e ? e.GetInt32() : (int)value;")]
    [InlineData("static readonly Step<Bag, int> Pay = new(bag => bag.Values.OfType<System.Text.Json.JsonElement>().Sum(e => e.GetInt32()) + bag.Values.Cast<System.Text.Json.JsonElement>().Count());")]
    [InlineData("static readonly Step<Bag, int> Pay = new(bag => { var sum = 0; foreach (System.Text.Json.JsonElement e in bag.Values) sum += e.GetInt32(); foreach (var value in bag.Values) sum++; foreach (object value in bag.Values) sum++; return sum; });")]
    [InlineData("static readonly Step<Bag, int> Pay = new(bag => { bag.Values.Add(3); return bag.Values.OfType<int>().Count(); });")]
    [InlineData("static readonly Step<Settable, int> Pay = new(given => { given.Value = 3; return (int)given.Value; });")]
    [InlineData("static readonly Step<Box, string?> Pay = new(box => Convert.ToString(box.Value) + box.Value.ToString());")]
    [InlineData("static readonly Step<Item, int> Pay = new(item => Convert.ToInt32(item.Name) + (item.Name.Equals(\"a\") ? 1 : 0));")]
    [InlineData("static readonly Step<Item, bool> Pay = new(item => item.Equals(new Item(\"a\")) || (object)item == (object)\"a\");")]
    [InlineData("static readonly Step<Two, bool> Pay = new(two => two.First.Equals(two.Second) || two.First == two.Second || two.First == null || two.First is null or not null);")]
    [InlineData("static readonly Step<Item, int> Pay = new(item => Read(item.Name)); static int Read(object value) => ((string)value).Length;")]
    [InlineData("static readonly Step<int, int> Pay = new(n => new List<object> { n }.Cast<int>().Sum());")]
    [InlineData("static readonly Step<Box, int> Pay = new(box => { foreach (int n in new[] { 1, 2 }) return n; return 0; });")]
    [InlineData("static readonly Step<List<string>, int> Pay = new(all => ((IEnumerable<object>)all).OfType<string>().Count());")]
    [InlineData("static readonly Step<Item, string> Pay = new(item => ((Item)(object)item).Name);")]
    public void Others_are_fine(string member) => Found(member).ShouldBeEmpty();

    static IReadOnlyList<Finding> Found(string member) => Analysis.OfOrkestra($"public record Item(string Name); public record Box(object Value); public record Bag(List<object> Values); public record Two(object First, object Second); public class Settable {{ public object Value {{ get; set; }} = 1; }} public record Holder(Secretive Held); public class Secretive {{ [System.Text.Json.Serialization.JsonIgnore] public string Secret {{ get; set; }} = \"\"; [System.Text.Json.Serialization.JsonIgnore] public int Computed => 1; [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingDefault)] public int Sometimes {{ get; set; }} }} public static class Shop {{ {member} }}");
}
