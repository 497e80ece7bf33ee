using Shouldly;
using Xunit;

namespace Orkestra.Analyzers.Tests.Switches;

/// <summary>ORK030 and ORK031: switches that leave something without a case.</summary>
public sealed class SwitchTests
{
    [Theory]
    [InlineData("In.Switch(o => o.Color).Case(Color.Red, A).Case(Color.Green, A)", "Color", "Color.Blue")]
    [InlineData("In.Switch(o => o.Color).Case(Color.Red, A)", "Color", "Color.Green, Color.Blue")]
    [InlineData("In.Switch(o => o.IsOn).Case(true, A)", "bool", "false")]
    [InlineData("In.Switch(o => o.Maybe).Case(Color.Red, A).Case(Color.Green, A).Case(Color.Blue, A)", "Color?", "null")]
    [InlineData("In.Select(o => o.Pet).Switch().Case(D)", "Pet", "Cat")]
    [InlineData("In.Switch(o => o.Color).Case(Color.Red, A) >> B", "Color", "Color.Green, Color.Blue")]
    public void A_case_is_missing(string flow, string subject, string missing)
    {
        var finding = Found(flow).ShouldHaveSingleItem();
        (finding.Id, finding.Message).ShouldBe(("ORK030", $"The switch over {subject} has no case for {missing}: add it, or .Default(…)"));
    }

    [Theory]
    [InlineData("In.Switch(o => o.Name).Case(\"Rome\", A)", "string")]
    [InlineData("In.Switch(o => o.Number).Case(1, A).Case(2, A)", "int")]
    [InlineData("In.Switch(o => o.Sides).Case(Sides.Top, A)", "Sides")]
    public void A_default_is_missing(string flow, string subject)
    {
        var finding = Found(flow).ShouldHaveSingleItem();
        (finding.Id, finding.Message).ShouldBe(("ORK031", $"The cases of a switch over {subject} can't cover everything: add .Default(…)"));
    }

    [Theory]
    [InlineData("In.Switch(o => o.Color).Case(Color.Red, A).Case(Color.Green, A).Case(Color.Blue, A)")]
    [InlineData("In.Switch(o => o.Color).Case(Color.Red, A).Default(A)")]
    [InlineData("In.Switch(o => o.IsOn).Case(true, A).Case(false, A)")]
    [InlineData("In.Switch(o => o.Name).Case(\"Rome\", A).Default(A)")]
    [InlineData("In.Switch().Case(o => o.IsOn, A).Default(A)")]
    [InlineData("In.Select(o => o.Pet).Switch().Case(D).Case(C)")]
    [InlineData("In.Select(o => o.Pet).Switch().Case(D).Default(P)")]
    public void What_is_complete(string flow) => Found(flow).ShouldBeEmpty();

    static IReadOnlyList<Finding> Found(string flow) => [.. Analysis.OfOrkestra($$"""
        public enum Color { Red, Green, Blue }
        [Flags] public enum Sides { Top = 1, Bottom = 2 }
        [System.Text.Json.Serialization.JsonDerivedType(typeof(Dog), "dog")]
        [System.Text.Json.Serialization.JsonDerivedType(typeof(Cat), "cat")]
        public abstract record Pet;
        public sealed record Dog : Pet;
        public sealed record Cat : Pet;
        public sealed record Thing(Color Color, bool IsOn, Color? Maybe, string Name, int Number, Sides Sides, Pet Pet);
        public sealed class Work : Workflow<Thing, int>
        {
            static readonly Step<Thing, int> A = new(thing => 1);
            static readonly Step<int, int> B = new(n => n);
            static readonly Step<Dog, int> D = new(dog => 1);
            static readonly Step<Cat, int> C = new(cat => 1);
            static readonly Step<Pet, int> P = new(pet => 1);
            static Flow<Thing, Thing> In => Flow.Input<Thing>();
            public override Flow<Thing, int> Define() => {{flow}};
        }
        """).Where(static finding => finding.Id is "ORK030" or "ORK031" or "AD0001" or "ORK009" or "ORK013")];
}
