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
    public void Others_are_fine(string member) => Found(member).ShouldBeEmpty();

    static IReadOnlyList<Finding> Found(string member) => Analysis.OfOrkestra($"public record Item(string Name); public record Box(object Value); public record Bag(List<object> Values); public record Holder(Secretive Held); public class Secretive {{ [System.Text.Json.Serialization.JsonIgnore] public string Secret {{ get; set; }} = \"\"; [System.Text.Json.Serialization.JsonIgnore] public int Computed => 1; [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingDefault)] public int Sometimes {{ get; set; }} }} public static class Shop {{ {member} }}");
}
