using System.Numerics;
using System.Text.Json.Serialization;
using Orkestra.Authoring;
using Orkestra.Hosting;
using Shouldly;
using Xunit;

namespace Orkestra.Tests.Authoring;

/// <summary>What a type writes is what the next type reads, checked when the workflow is compiled.</summary>
public sealed class PayloadContractTests
{
    static Step<Nothing, T> Make<T>() => new(_ => default!) { Name = "Make" };

    static Step<T, Nothing> Take<T>() => new(_ => default) { Name = "Take" };

    static string Refused<T>() => Refused(Make<T>() >> Take<T>());

    static string Refused<TIn, TOut>(Flow<TIn, TOut> flow) => Should.Throw<WorkflowException>(() => TestWorkflow.Of(flow).Compile()).Message;

    [Fact]
    public void A_private_setter_loses_its_value() => Refused<PrivateSetter>().ShouldBe(
        "Step 'Take' reads PrivateSetter, but the payload from step 'Make' doesn't fit: '$.total' is written, but PrivateSetter can't read it back: the property has no public setter and no "
        + "constructor parameter. Add 'init', compute it from other members, or mark it [JsonIgnore]. To accept the difference, set TolerantReader on 'Take'.");

    [Fact]
    public void A_get_only_collection_loses_its_items() => Refused<GetOnlyList>().ShouldContain("'$.tags' is written, but GetOnlyList can't read it back");

    [Fact]
    public void A_public_field_is_not_written() => Refused<PublicField>().ShouldContain("public field 'Count' isn't written");

    [Fact]
    public void A_big_integer_has_no_json() => Refused<BigNumber>().ShouldContain("'$.value' is BigInteger, whose JSON doesn't hold its value. Use string or long");

    [Fact]
    public void An_interface_and_an_abstract_class_cannot_be_read()
    {
        Refused<Owner<IShape>>().ShouldContain("'$.value' is IShape, which is an interface and can't be read. Add [JsonDerivedType]");
        Refused<Owner<Shape>>().ShouldContain("'$.value' is Shape, which is abstract and can't be read. Add [JsonDerivedType]");
    }

    [Fact]
    public void A_derived_record_is_cut_to_its_base() =>
        Refused<Owner<Animal>>().ShouldContain("'$.value' is Animal, and what Dog adds to it is lost. Add [JsonDerivedType(typeof(Dog), \"…\")] to Animal, or seal it.");

    [Fact]
    public void What_an_expression_makes_is_no_derived_record() =>
        TestWorkflow.Of(Make<Dog>().Select(dog => new Animal(dog.Name)) >> Take<Animal>()).Compile().ShouldNotBeNull();

    [Fact]
    public void A_default_that_comes_back_is_refused()
    {
        Refused<LeftOut>().ShouldContain("'$.count' isn't written when it is 0, but LeftOut begins with another value there");
        Refused<LeftOutNull>().ShouldContain("'$.name' isn't written when it is null");
        TestWorkflow.Of(Make<LeftOutSafely>() >> Take<LeftOutSafely>()).Compile().ShouldNotBeNull();
    }

#pragma warning disable ORK004 // The compilation finds it, too.
    public sealed record LeftOut
    {
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public int Count { get; init; } = 1;
    }

    public sealed record LeftOutNull([property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Name = "none");
#pragma warning restore ORK004

    public sealed record LeftOutSafely([property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Name = null)
    {
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public bool IsDone { get; init; }
    }

    [Fact]
    public void A_parameter_of_another_type_than_its_member_is_refused() =>
        Refused<Listed>().ShouldContain("whose constructor parameter 'xs' belongs to no property, so that it can't be read: give Listed a property 'Xs' of the type List<int>");

#pragma warning disable ORK005 // The compilation finds it, too.
    public sealed class Listed(List<int> xs)
    {
        public IReadOnlyList<int> Xs => xs;
    }
#pragma warning restore ORK005

    [Fact]
    public void An_input_is_null_only_if_the_workflow_says_so()
    {
        var missing = Orkestra.Expressions.Data.JsonValue.Null;
        Should.Throw<PayloadException>(() => new OfDog().CheckInput(missing)).Message.ShouldBe("The input is null, and OfDog takes Dog: give it a value, or declare the workflow with Dog?.");
        new OfDogOrNull().CheckInput(missing);
    }

    sealed class OfDog : Workflow<Dog, Dog>
    {
        public override Flow<Dog, Dog> Define() => Take<Dog>() >> Make<Dog>();
    }

    sealed class OfDogOrNull : Workflow<Dog?, Dog?>
    {
        static readonly Step<Dog?, Dog?> Pass = new(dog => dog);

        public override Flow<Dog?, Dog?> Define() => Pass;
    }

    [Fact]
    public void Nested_places_are_named_by_their_path() => Refused<Owner<Owner<PrivateSetter[]>>>().ShouldContain("'$.value.value[*].total' is written");

    [Fact]
    public void A_reader_of_another_type_names_what_differs()
    {
        Refused(Make<Wide>().As<Narrow>() >> Take<Narrow>()).ShouldContain("'$.more' is written by Wide, but Narrow has no such member, so it is lost.");
        Refused(Make<Narrow>().As<Wide>() >> Take<Wide>()).ShouldContain("'$.more' is read by Wide, but Narrow has no such member, so it stays empty.");
        Refused(Make<Narrow>().As<Texts>() >> Take<Texts>()).ShouldContain("'$.id' is written by int as a number, and string reads a string.");
        Refused(Make<int[]>().As<Narrow>() >> Take<Narrow>()).ShouldContain("'$' is written by int[] as an array, and Narrow reads an object.");
        Refused(Make<Dog>() >> Take<Animal>()).ShouldContain("'$.tricks' is written by Dog, but Animal has no such member");
    }

    [Fact]
    public void Payloads_are_followed_through_a_flow()
    {
        Refused(Make<Wide[]>() >> Flow.Input<Wide>().Map().As<Narrow[]>() >> Take<Narrow>().Map()).ShouldContain("'$.more' is written by Wide");
        Refused((Make<int>() >> [new Step<int, Wide>(_ => null!) { Name = "A" }, new Step<int, Narrow>(_ => null!) { Name = "B" }]).As<Narrow[]>() >> Take<Narrow[]>())
            .ShouldContain("'$[0].more' is written by Wide");
        Refused(Make<Wide>().Capture().As<Narrow>() >> Take<Narrow>()).ShouldContain("'$' is written as an outcome");
        Refused(Make<Wide>().Capture().As<Outcome<Narrow>>() >> Take<Outcome<Narrow>>()).ShouldContain("'$.Value.more' is written by Wide");
        Refused(Make<Wide>().Select(wide => new Narrow(wide.Id)).As<Wide>() >> Take<Wide>()).ShouldContain("Select(wide => new Narrow(wide.Id)) doesn't fit: '$.more' is read by Wide");
        Refused(Make<Wide>().As<Narrow>()).ShouldContain("The workflow Test gives Narrow, but the payload from step 'Make' doesn't fit");
    }

    [Fact]
    public void A_tolerant_reader_accepts_the_difference()
    {
        Should.NotThrow(() => TestWorkflow.Of(Make<Wide>().As<Narrow>() >> new Step<Narrow, Nothing>(_ => default) { Name = "Take", TolerantReader = true }).Compile());
        Should.NotThrow(() => new Tolerant().Compile());
    }

    [Fact]
    public void What_survives_the_round_trip_is_accepted()
    {
        foreach (var compile in (Action[])[Fits<Good>, Fits<Closed>, Fits<(int, Good)>, Fits<Dictionary<string, Good>>, Fits<List<Good>>, Fits<IReadOnlyList<Good>>, Fits<Owner<object>>, Fits<Outcome<Good>>, Fits<DateTimeOffset?>])
            Should.NotThrow(compile);

        static void Fits<T>() => TestWorkflow.Of(Make<T>() >> Take<T>()).Compile();
    }

    [Fact]
    public async Task A_task_that_was_not_awaited_is_found_where_only_an_object_is_declared()
    {
#pragma warning disable ORK006 // The mistake that a run finds where the analyzer is off.
        Step<Nothing, object> forgotten = new(_ => new { Answer = Task.FromResult(42) }) { Name = "Forgotten" };
#pragma warning restore ORK006
        var result = await TestWorkflow.Of(forgotten).ExecuteAsync();
        result.Execution.Error.ShouldBe("PayloadException");
        new Orkestra.Authoring.Failure("", result.Execution.Cause).Message.ShouldContain("whose member 'answer' is Task<int>, which is a task that wasn't awaited");
        Refused(new Step<Nothing, Owner<Task<int>>>(_ => null!) { Name = "Make" }).ShouldContain("wasn't awaited: add 'await'");
    }

    [Theory]
    [InlineData("""{"id":1,"name":"a"}""", null)]
    [InlineData("""{"ID":1,"Name":"a","note":null}""", null)]
    [InlineData("""{"id":1,"nane":"a"}""", "Input has no member 'nane' (at '$'). Did you mean 'name'?")]
    [InlineData("""{"id":1,"name":"a","colour":"red"}""", "Input has no member 'colour' (at '$'). It has 'id', 'name', 'note', 'size', 'parts'.")]
    [InlineData("""{"id":1,"name":null}""", "'$.name' is null, and Input doesn't allow that. Give it a value, or make the member nullable in Input.")]
    [InlineData("""{"id":1}""", "'$.name' is missing: Input needs it and has no default for it. Add it, or give it a default value in Input.")]
    [InlineData("""{"id":1,"name":"a","parts":[{"id":1,"name":"b"},{"name":"c"}]}""", "'$.parts[1].id' is missing: Input needs it and has no default for it. Add it, or give it a default value in Input.")]
    public void Members_of_an_input_are_checked(string json, string? problem)
    {
        var workflow = TestWorkflow.Of(Take<Input>());
        var check = () => workflow.CheckInput(Orkestra.Expressions.Data.JsonValue.Parse(json));
        if (problem is null) check.ShouldNotThrow();
        else check.ShouldThrow<PayloadException>().Message.ShouldBe(problem);
    }

    [Fact]
    public async Task A_step_over_object_gets_a_json_element_or_null()
    {
        List<object?> seen = [];
        Step<object?, Nothing> see = new(value => seen.Add(value)) { Name = "See" };
        Step<object?, object?> pass = new(value => value) { Name = "Pass" };
        await TestWorkflow.Of(Make<Narrow>() >> see).RunAsync();
        await TestWorkflow.Of(new Step<Nothing, Narrow>(_ => new(7)) { Name = "Seven" } >> pass >> see).RunAsync();
        seen[0].ShouldBeNull();
        seen[1].ShouldBeOfType<System.Text.Json.JsonElement>().GetProperty("id").GetInt32().ShouldBe(7);
    }

    public sealed class PrivateSetter
    {
        public int Total { get; private set; }
    }

    public sealed class GetOnlyList
    {
        public List<string> Tags { get; } = [];
    }

    [System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1051", Justification = "The mistake that the test is about.")]
    public sealed class PublicField
    {
        public int Count;
    }

    public sealed record BigNumber(BigInteger Value);

    public sealed record Owner<T>(T Value);

    public interface IShape
    {
        int Size { get; }
    }

    public abstract record Shape(int Size) : IShape;

    public record Animal(string Name);

    public sealed record Dog(string Name, string[] Tricks) : Animal(Name);

    public sealed record Wide(int Id, string More);

    public sealed record Narrow(int Id);

    public sealed record Texts(string Id);

    public sealed record Good(int Quantity, decimal Price)
    {
        public decimal Total => Quantity * Price;

        public string? Note { get; init; }

        [JsonIgnore]
        public int Secret { get; private set; }
    }

    [JsonDerivedType(typeof(Square), "square")]
    public abstract record Closed(int Size);

    public sealed record Square(int Size, string Color) : Closed(Size);

    public sealed record Input(int Id, string Name, string? Note = null, int Size = 3)
    {
        public Input[] Parts { get; init; } = [];
    }

    sealed class Tolerant : Workflow<Nothing, Nothing>
    {
        protected internal override bool TolerantReaders => true;

        public override Flow<Nothing, Nothing> Define() => Make<Wide>().As<Narrow>() >> Take<Narrow>();
    }
}
