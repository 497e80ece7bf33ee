using Orkestra.Asl;
using Orkestra.Expressions.Data;
using Shouldly;
using Xunit;

namespace Orkestra.Tests.Asl;

public sealed class RecordTests
{
    static StateMachine Machine(string comment = "c") => new()
    {
        Comment = comment,
        StartAt = "A",
        QueryLanguage = QueryLanguage.JSONata,
        States = new([
            ("A", new TaskState { Resource = "arn:aws:states:::lambda:invoke", TimeoutSeconds = 6, Next = "B", Retry = [new Retrier { ErrorEquals = ["States.ALL"] }] }),
            ("B", new PassState { Output = "{% 1 %}", End = true }),
        ]),
    };

    [Fact]
    public void Equal_content_is_an_equal_document()
    {
        Machine().ShouldBe(Machine());
        Machine().GetHashCode().ShouldBe(Machine().GetHashCode());
        Machine().ShouldNotBe(Machine("d"));
    }

    [Fact]
    public void The_order_of_states_is_kept_but_not_compared()
    {
        var machine = Machine();
        var turned = machine with { States = new(machine.States.Reverse()) };
        turned.States.Keys.ShouldBe(["B", "A"]);
        turned.ShouldBe(machine);
        turned.GetHashCode().ShouldBe(machine.GetHashCode());
    }

    [Fact]
    public void Absent_is_neither_null_nor_empty()
    {
        new TaskState { ResultPath = PathField.Null }.ShouldNotBe(new TaskState());
        new TaskState { Retry = [] }.ShouldNotBe(new TaskState());
        new TaskState { Output = JsonValue.Null }.ShouldNotBe(new TaskState());
        // Shouldly compares enumerables by their elements.
        default(EquatableMap<State>).Equals(new EquatableMap<State>(Array.Empty<(string, State)>())).ShouldBeFalse();
    }

    [Fact]
    public void Lists_are_compared_in_order()
    {
        EquatableList<string> list = ["a", "b"];
        list.Equals((EquatableList<string>)["a", "b"]).ShouldBeTrue();
        list.Equals((EquatableList<string>)["b", "a"]).ShouldBeFalse();
        default(EquatableList<string>).Count.ShouldBe(0);
    }
}
