using System.Text.Json;
using Orkestra.Authoring;
using Shouldly;
using Xunit;

namespace Orkestra.Tests.Authoring;

/// <summary>Workflows that resemble refused mistakes and are valid.</summary>
public sealed class NearMissTests
{
    static readonly Step<Nothing, Item> Make = new(_ => new Item("lamp", 3m, 2));
    static readonly Step<Nothing, JsonElement> Open = new(_ => JsonSerializer.SerializeToElement(Array.Empty<int>()));
    static readonly Step<Item, Item> Same = new(item => item) { Retry = 2 };
    static readonly Step<Item, string> Name = new(item => item.Name);

    public static TheoryData<string> Names => [.. Flows.Keys];

    static Dictionary<string, Flow<Nothing, object?>> Flows { get; } = new()
    {
        ["a retry of the derived exception comes first"] = (Make >> Same.Retry<FileNotFoundException>(2).Retry<IOException>(3)).As<object?>(),
        ["a retry of two exceptions adds one"] = (Make >> Same.Retry<FileNotFoundException>(2).Retry<InvalidOperationException>(3)).As<object?>(),
        ["an outcome is asked first"] = (Make >> Name.Capture().Select(outcome => outcome.IsSuccess ? outcome.Value : "none")).As<object?>(),
        ["an outcome has another value"] = (Make >> Name.Capture().Select(outcome => outcome.ValueOr("none"))).As<object?>(),
        ["an outcome is kept beside its value"] = (Make >> Name.Capture().Select(outcome => new { outcome.IsSuccess, outcome.Value })).As<object?>(),
        ["the narrower condition is first"] = (Make >> Same.Switch().Case(item => item.Price > 5, Name).Case(item => item.Price > 1, Name).Default(Name)).As<object?>(),
        ["conditions are about different members"] = (Make >> Same.Switch().Case(item => item.Price > 1, Name).Case(item => item.Count > 5, Name).Default(Name)).As<object?>(),
        ["conditions meet at a limit"] = (Make >> Same.Switch().Case(item => item.Price > 1, Name).Case(item => item.Price >= 1, Name).Default(Name)).As<object?>(),
        ["a map is over what only the run knows"] = (Open.As<Item[]>() >> Same.Map(2)).As<object?>(),
        ["a number is the largest exact one"] = Make.Select(_ => 9007199254740992).As<object?>(),
        ["a large number is a double"] = Make.Select(_ => 1e300).As<object?>(),
        ["an amount has two digits"] = Make.Select(item => item.Price * 1.19m + 12345678901.25m).As<object?>(),
        ["a wait takes a year"] = (Make >> Wait.For(TimeSpan.FromDays(364)) >> Name).As<object?>(),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void Compiles(string name) => Should.NotThrow(() => new Workflows(Flows[name]).Compile());

    sealed class Workflows(Flow<Nothing, object?> flow) : Workflow<Nothing, object?>
    {
        public override Flow<Nothing, object?> Define() => flow;
    }

    public sealed record Item(string Name, decimal Price, int Count);
}
