using System.Text.Json.Serialization;
using Orkestra.Authoring;
using Orkestra.Hosting;
using Shouldly;
using Xunit;

#pragma warning disable ORK030, ORK031 // What the analyzers report is what compiling the workflow refuses.

namespace Orkestra.Tests.Authoring;

/// <summary>What a switch covers, what it refuses, and how its cases join.</summary>
public sealed class SwitchTests
{
    static readonly Step<Signal, string> Go = new(_ => "go");
    static readonly Step<Signal, string> Stop = new(_ => "stop");
    static readonly Step<Animal, string> Feed = new(animal => $"fed {animal.Name}");
    static readonly Step<Dog, string> Walk = new(dog => $"walked {dog.Name}");
    static readonly Step<Puppy, string> Carry = new(puppy => $"carried {puppy.Name}");
    static readonly Step<Cat, string> Stroke = new(cat => $"stroked {cat.Name}");

    static Flow<Signal, Signal> Signals => Flow.Input<Signal>();

    static Flow<Animal, Animal> Animals => Flow.Input<Animal>();

    [Fact]
    public void An_enum_without_a_default_covers_every_value() => Refused(Signals.Switch(signal => signal.Color).Case(Color.Red, Stop).Case(Color.Green, Go))
        .ShouldBe("The switch 'Switch(signal => signal.Color).Case(Color.Red, Stop).Case(Color.Green, Go)' has no case for Color.Amber: add it, or .Default(…).");

    [Fact]
    public void A_nullable_enum_covers_null_as_well() =>
        Refused(Signals.Switch(signal => signal.Next).Case(Color.Red, Stop).Case(Color.Green, Go).Case(Color.Amber, Go)).ShouldContain("has no case for null");

    [Fact]
    public void A_boolean_covers_both() => Refused(Signals.Switch(signal => signal.IsOn).Case(true, Go)).ShouldContain("has no case for false");

    [Fact]
    public void A_text_needs_a_default() => Refused(Signals.Switch(signal => signal.Place).Case("Rome", Go)).ShouldContain("has no default, and its cases can't cover everything");

    [Fact]
    public void Flags_need_a_default() => Refused(Signals.Switch(signal => signal.Lights).Case(Lights.Top, Go).Case(Lights.Bottom, Go)).ShouldContain("can't cover everything");

    [Fact]
    public void A_hierarchy_without_a_default_covers_every_type() => Refused(Animals.Switch().Case(Walk).Case(Stroke)).ShouldContain("has no case for Animal: add it, or .Default(…).");

    [Fact]
    public void A_case_that_is_never_taken_is_refused()
    {
        Refused(Signals.Switch(signal => signal.Place).Case("Rome", Go).Case("Rome", Stop).Default(Go)).ShouldContain("never takes its case \"Rome\"");
        Refused(Animals.Switch().Case(Walk).Case(Carry).Default(Feed)).ShouldContain("never takes its case Puppy");
        Refused(Animals.Switch().Case(Carry).Case(Feed).Default(Feed)).ShouldContain("has a case for Animal, which takes everything that is left");
    }

    [Fact]
    public void A_type_without_a_discriminator_is_refused()
    {
        Refused(Flow.Input<Plain>().Switch().Case(new Step<Special, string>(_ => "") { Name = "One" }).Default(new Step<Plain, string>(_ => "") { Name = "Two" })).ShouldContain("add [JsonDerivedType(typeof(…), \"…\")] to Plain");
        Refused(Animals.Switch().Case(new Step<Fish, string>(_ => "") { Name = "Swim" }).Default(Feed)).ShouldContain("No payload of Animal is Fish");
    }

    [Theory]
    [InlineData("{\"$type\":\"puppy\",\"name\":\"Rex\"}", "carried Rex")]
    [InlineData("{\"$type\":\"dog\",\"name\":\"Rex\"}", "walked Rex")]
    [InlineData("{\"$type\":7,\"name\":\"Tom\"}", "fed Tom")]
    [InlineData("{\"name\":\"Dora\"}", "fed Dora")]
    public async Task A_base_takes_what_is_left(string animal, string expected)
    {
        var result = await TestWorkflow.Of(Animals.Switch().Case(Carry).Case(Walk).Case(Feed)).ExecuteAsync(Expressions.Data.JsonValue.Parse(animal));
        result.Output!.ToJson().ShouldBe($"\"{expected}\"");
    }

    [Fact]
    public async Task A_case_of_a_base_takes_the_types_derived_from_it()
    {
        var flow = Animals.Switch("Which animal").Case(Walk).Case(Stroke).Default(Feed);
        (await TestWorkflow.Of(flow).RunAsync(new Puppy("Rex"))).ShouldBe("walked Rex");
        (await TestWorkflow.Of(flow).RunAsync(new Cat("Tom"))).ShouldBe("stroked Tom");
        (await TestWorkflow.Of(flow).RunAsync(new Animal("Dora"))).ShouldBe("fed Dora");
        TestWorkflow.Of(flow).Compile().Document.StartAt.ShouldBe("Which animal");
    }

    [Theory]
    [InlineData("Rome", 1)]
    [InlineData("Oslo", 20)]
    [InlineData("Bern", 3)]
    public async Task Cases_can_be_expressions_and_nothing(string place, int expected)
    {
        Step<int, int> add = new(number => number + 1) { Name = "Add" };
        var flow = Flow.Input<(string Place, int Number)>().Switch(input => input.Place)
            .Case("Rome", Flow.Input<(string Place, int Number)>().Select(input => input.Number))
            .Case("Oslo", Flow.Input<(string Place, int Number)>().Select(input => input.Number * 20))
            .Default(Flow.Input<(string Place, int Number)>().Select(input => input.Number + 1) >> add);
        (await TestWorkflow.Of(flow).RunAsync((place, 1))).ShouldBe(expected);
        (await TestWorkflow.Of(flow >> add).RunAsync((place, 1))).ShouldBe(expected + 1);
        var numbers = Flow.Input<int>().Switch(number => number > 10).Case(true, add).Case(false, Flow.Input<int>());
        (await TestWorkflow.Of(numbers >> add).RunAsync(expected)).ShouldBe(expected > 10 ? expected + 2 : expected + 1);
    }

    [Fact]
    public async Task Cases_join_in_what_follows()
    {
        Step<string, string> shout = new(text => text.ToUpperInvariant()) { Name = "Shout" };
        var inner = Signals.Switch(signal => signal.IsOn).Case(true, Go).Case(false, Stop);
        var flow = Signals.Switch(signal => signal.Color).Case(Color.Red, Stop).Default(inner) >> shout;
        (await TestWorkflow.Of(flow).RunAsync(new Signal(Color.Amber, IsOn: true))).ShouldBe("GO");
        (await TestWorkflow.Of(flow).RunAsync(new Signal(Color.Red))).ShouldBe("STOP");
    }

    static string Refused<TIn, TOut>(Flow<TIn, TOut> flow) => Should.Throw<WorkflowException>(() => TestWorkflow.Of(flow).Compile()).Message;

    public enum Color
    {
        Red,
        Amber,
        Green,
    }

    [Flags]
    public enum Lights
    {
        Top = 1,
        Bottom = 2,
    }

    public sealed record Signal(Color Color, bool IsOn = false, string Place = "", Color? Next = null, Lights Lights = Lights.Top);

    [JsonDerivedType(typeof(Dog), "dog")]
    [JsonDerivedType(typeof(Puppy), "puppy")]
    [JsonDerivedType(typeof(Cat), 7)]
    public record Animal(string Name);

    public record Dog(string Name) : Animal(Name);

    public sealed record Puppy(string Name) : Dog(Name);

    public sealed record Cat(string Name) : Animal(Name);

    public sealed record Fish(string Name) : Animal(Name);

    public record Plain;

    public sealed record Special : Plain;
}
