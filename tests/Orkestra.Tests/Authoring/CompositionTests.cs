using System.Collections.Immutable;
using Orkestra.Authoring;
using Orkestra.Hosting;
using Shouldly;
using Xunit;

namespace Orkestra.Tests.Authoring;

/// <summary>What composes with what: that this file compiles is half of the test.</summary>
public sealed class CompositionTests
{
    static readonly Step<Nothing, Item> Generate = new(_ => new("potato", null));
    static readonly Step<Item, Item> AddPrice = new(item => item with { Price = 3.14m }) { Timeout = TimeSpan.FromSeconds(6), Description = "Adds the price" };
    static readonly Step<Item, Item[]> Copy = new(async item =>
    {
        await Task.Yield();
        return [item, item];
    });
    static readonly Step<Item, string> NameOf = new(item => item.Name);
    static readonly Step<string, int> Length = new(text => text.Length);
    static readonly Step<int, int> Increment = new(number => number + 1);
    static readonly Step<int, int?> Maybe = new(number => number > 0 ? number : null);
    static readonly Step<int?, int> OrZero = new(number => number ?? 0);
    static readonly Step<object?, Nothing> DoNothing = new(_ => default);
    static readonly Step<object?, Nothing> Throw = new(_ => throw new InvalidOperationException("assert false"));
    static readonly Step<object?, string> Hello = new(_ => "hello");
    static readonly Step<object?, int> Number = new(_ => 7);
    static readonly Step<(Outcome<string>, Outcome<int>), int> Both = new(both => both.Item2.Value);
    static readonly Step<Base, int> OfBase = new(_ => 1);
    static readonly Step<object?, Derived> MakeDerived = new(_ => new Derived());
    static readonly Step<Item, object?> Anything = new(item => item);
    static readonly Step<Nothing, List<int>> List = new(_ => [1, 2]);
    static readonly Step<Nothing, int[]> Array = new(_ => [1, 2]);
    static readonly Step<Nothing, IEnumerable<int>> Sequence = new(_ => [1, 2]);
    static readonly Step<Nothing, ImmutableArray<int>> Immutable = new(_ => [1, 2]);
    static readonly Step<int[], int> Total = new(numbers => numbers.Sum());
    static readonly Step<IEnumerable<int>, int> OverSequence = new(numbers => numbers.Count());
    static readonly Step<List<int>, int> OverList = new(numbers => numbers.Sum());
    static readonly Step<Nothing, List<byte>> Bytes = new(_ => [1]);
    static readonly Step<byte[], int> Checksum = new(bytes => bytes[0]);

    [Fact]
    public void A_step_over_object_follows_anything()
    {
        Text(Generate >> AddPrice >> Hello >> Length >> Number >> Hello).ShouldBe("Generate >> AddPrice >> Hello >> Length >> Number >> Hello");
        Text(Maybe >> Number).ShouldBe("Maybe >> Number");
        Text(Maybe >> OrZero).ShouldBe("Maybe >> OrZero");
        Text(Anything >> Hello).ShouldBe("Anything >> Hello");
    }

    [Fact]
    public async Task A_chain_may_begin_with_a_tuple()
    {
        Flow<string, int> flow = (Hello, Length) >> Both >> Increment;
        (await new TestWorkflow<string, int>(() => flow).RunAsync("four", cancellationToken: TestContext.Current.CancellationToken)).ShouldBe(5);
        Text((Hello, Length) >> Number).ShouldBe(Text(Flow.Input<string>() >> (Hello, Length) >> Number));
        Text((Length, Hello, Length) >> Number).ShouldEndWith(">> Number");
        Text((Length, Hello, Length, Length) >> Number).ShouldEndWith(">> Number");
        Text((Length, Hello, Length, Length, Length) >> Number).ShouldEndWith(">> Number");
        Text((Length, Hello, Length, Length, Length, Length) >> Number).ShouldEndWith(">> Number");
        Text((Length, Hello, Length, Length, Length, Length, Length) >> Number).ShouldEndWith(">> Number");
    }

    [Fact]
    public async Task A_list_becomes_an_array()
    {
        (await Run(List >> Increment.Map())).ShouldBe([2, 3]);
        (await Run(Sequence >> Increment.Map() >> Total)).ShouldBe(5);
        (await Run(Immutable >> Total)).ShouldBe(3);
        (await Run(List >> Hello.Map())).ShouldBe(["hello", "hello"]);
        (await Run(Array >> Hello.Map())).ShouldBe(["hello", "hello"]);
        (await Run(List >> OverSequence)).ShouldBe(2);
        (await Run(Array >> OverList)).ShouldBe(3);
        (await Run(Array >> OverSequence)).ShouldBe(2);

        static Task<TOut> Run<TOut>(Flow<Nothing, TOut> flow) => new TestWorkflow<Nothing, TOut>(() => flow).RunAsync(default!, cancellationToken: TestContext.Current.CancellationToken);
    }

    [Fact]
    public void A_list_of_bytes_is_no_array_of_bytes() =>
        Should.Throw<WorkflowException>(() => Bytes >> Checksum).Message.ShouldBe(
            "List<byte> travels as an array of numbers and byte[] as Base64 text. Let both sides be byte[].");

    [Fact]
    public void A_step_over_a_base_class_follows_a_derived_class()
    {
        Text(MakeDerived >> OfBase).ShouldBe("MakeDerived >> OfBase");
        Text(MakeDerived >> [OfBase, Hello]).ShouldBe("MakeDerived >> [OfBase, Hello]");
        Text(MakeDerived >> (OfBase, Hello)).ShouldBe("MakeDerived >> (OfBase, Hello)");
        Text(MakeDerived >> Workflow.All(OfBase, Hello)).ShouldBe("MakeDerived >> All(OfBase, Hello)");
    }

    [Fact]
    public void Lists_take_any_flow_over_reference_value_and_nullable_types()
    {
        Flow<Nothing, object?[]> list = Generate >> AddPrice >> [NameOf >> Length, Hello];
        Text(list).ShouldBe("Generate >> AddPrice >> [NameOf >> Length, Hello]");
        Text(Length >> [Increment, Hello, Increment >> Increment]).ShouldBe("Length >> [Increment, Hello, Increment >> Increment]");
        Text(Maybe >> [OrZero, Number]).ShouldBe("Maybe >> [OrZero, Number]");
        Text(Anything >> [Hello, Number]).ShouldBe("Anything >> [Hello, Number]");
        Text(Both >> [Number]).ShouldBe("Both >> [Number]");
    }

    [Fact]
    public void Tuples_keep_the_type_of_each_branch_whatever_the_mix()
    {
        Flow<Nothing, (Outcome<Nothing>, Outcome<Nothing>)> two = Generate >> (DoNothing, Throw);
        Flow<string, (Outcome<int>, Outcome<string>)> ofInt = Length >> (Increment, Hello);
        Flow<int, (Outcome<int>, Outcome<int>)> ofNullable = Maybe >> (OrZero, Number);
        Flow<string, (Outcome<int>, Outcome<string>, Outcome<int>, Outcome<int>, Outcome<string>, Outcome<string>, Outcome<int>)> seven =
            Length >> (Increment, Hello, Increment, Number, Hello, Hello >> Hello, Increment >> Increment);
        Flow<string, int> afterTuple = Length >> (Hello, Increment) >> Both >> (Increment, Increment) >> Number;
        Text(two).ShouldBe("Generate >> (DoNothing, Throw)");
        Text(ofInt).ShouldBe("Length >> (Increment, Hello)");
        Text(ofNullable).ShouldBe("Maybe >> (OrZero, Number)");
        Text(seven).ShouldStartWith("Length >> (Increment, ");
        Text(afterTuple).ShouldEndWith("Both >> (Increment, Increment) >> Number");
        Text(Length >> (Increment, Hello, Number)).ShouldNotBeNull();
        Text(Length >> (Increment, Hello, Number, Increment)).ShouldNotBeNull();
        Text(Length >> (Hello, Hello, Number, Increment, Number)).ShouldNotBeNull();
        Text(Length >> (Hello, Hello, Number, Increment, Number, Increment)).ShouldNotBeNull();
    }

    [Fact]
    public void All_gives_a_tuple_of_values()
    {
        Flow<Nothing, (string, Item)> ofReference = Generate >> Workflow.All(Hello, AddPrice);
        Flow<string, (int, string, int)> ofValue = Length >> Workflow.All(Increment, Hello, Number);
        Flow<int, (int, string)> alone = Workflow.All(Increment, Hello.From<int>());
        Text(ofReference).ShouldBe("Generate >> All(Hello, AddPrice)");
        Text(ofValue).ShouldBe("Length >> All(Increment, Hello, Number)");
        Text(Length >> (alone, Number)).ShouldBe("Length >> (All(Increment, Hello), Number)");
    }

    [Fact]
    public void Methods_bind_tighter_than_the_operator()
    {
        Text(Copy >> AddPrice.Map() >> Hello).ShouldBe("Copy >> AddPrice.Map() >> Hello");
        Text(AddPrice >> NameOf.Retry(2).Catch<InvalidOperationException>(Hello) >> Length.Timeout(TimeSpan.FromSeconds(1)))
            .ShouldBe("AddPrice >> NameOf.Retry(2).Catch(InvalidOperationException, Hello) >> Length.Timeout(00:00:01)");
        Text(Generate >> Wait.For(TimeSpan.FromDays(1)) >> AddPrice).ShouldBe("Generate >> Wait(1.00:00:00) >> AddPrice");
    }

    [Fact]
    public void A_step_has_the_name_of_its_field()
    {
        IStep step = AddPrice;
        step.Name.ShouldBe("AddPrice");
        step.Description.ShouldBe("Adds the price");
        step.Timeout.ShouldBe(TimeSpan.FromSeconds(6));
        step.InputType.ShouldBe(typeof(Item));
        step.SourceFile.ShouldEndWith("CompositionTests.cs");
        new Step<int, int>(number => number) { Name = "Other name" }.Name.ShouldBe("Other name");
    }

    [Fact]
    public async Task A_step_is_callable_alone()
    {
        (await AddPrice.InvokeAsync(new Item("potato", null))).ShouldBe(new Item("potato", 3.14m));
        (await Copy.InvokeAsync(new Item("potato", null))).Length.ShouldBe(2);
        (await new Step<int, int>((number, context) => number + context.Attempt).InvokeAsync(1)).ShouldBe(2);
        (await new Step<int, int>(async (number, context) => await Task.FromResult(number + context.Attempt)).InvokeAsync(1, new StepContext { Attempt = 3 })).ShouldBe(4);
        await Should.ThrowAsync<InvalidOperationException>(() => Throw.InvokeAsync(null));
    }

    static string Text(IFlow flow) => flow.ToString()!;

    class Base;

    sealed class Derived : Base;
}
