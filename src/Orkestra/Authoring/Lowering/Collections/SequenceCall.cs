using System.Linq.Expressions;
using Orkestra.Authoring.Lowering.Metadata;
using Orkestra.Authoring.Lowering.Operations;

namespace Orkestra.Authoring.Lowering.Collections;

/// <summary>A call of a method of a collection.</summary>
/// <param name="Lowerer">What lowers its parts.</param>
/// <param name="Call">The call.</param>
/// <param name="Arguments">Its arguments, the collection first.</param>
internal sealed record SequenceCall(Lowerer Lowerer, MethodCallExpression Call, Expression[] Arguments)
{
    public string Name => Call.Method.Name;

    public int Count => Arguments.Length;

    public Expression Collection => Arguments[0];

    /// <summary>The type of the collection's elements.</summary>
    public Type Element { get; } = ElementOf(Call, Arguments[0]);

    public Contracts Contracts => Lowerer.Contracts;

    /// <summary>The collection; may be a sequence.</summary>
    public JsonataFragment Source() => Lowerer.Source(Collection);

    /// <summary>The collection as an array.</summary>
    public JsonataFragment Array() => Lowerer.Array(Collection);

    public bool IsCallback(int argument) => argument < Count && Orkestra.Authoring.Lowering.Callback.IsOne(Arguments[argument]);

    public Callback Callback(int argument) => Lowering.Callback.Of(Arguments[argument]);

    /// <summary>A JSONata function that tests.</summary>
    public JsonataFragment Predicate(int argument) => Lowerer.Function(Callback(argument), Lowerer.Condition);

    /// <summary>A JSONata function that gives a value for each element.</summary>
    public JsonataFragment Selector(int argument) => Lowerer.Function(Callback(argument), Lowerer.Value);

    /// <summary>Marks a result as a sequence of elements of a type.</summary>
    public JsonataFragment Sequence(JsonataFragment code, Type element) => code.With(Contracts.MayBeArray(element) ? Traits.Sequence | Traits.Nested : Traits.Sequence);

    /// <summary>Marks a result as a sequence if the collection it was made of is one.</summary>
    public JsonataFragment Like(JsonataFragment source, JsonataFragment result) => source.IsSequence ? Sequence(result, Element) : result;

    /// <summary>The collection's elements that pass a test.</summary>
    public JsonataFragment Filtered(int argument) => Sequence(Syntax.Call("filter", Source(), Predicate(argument)), Element);

    public WorkflowException Refused(string why) => Refusal.Of(Call, why);

    /// <summary>Refuses a comparer that is not the default one.</summary>
    public void NoComparer(int from)
    {
        for (var i = from; i < Count; i++)
        {
            if (!Nulls.IsNull(Arguments[i]) && !IsCallback(i)) throw Refused("JSONata has no comparers");
        }
    }

    /// <summary>Refuses elements that C# does not compare by value.</summary>
    public void ComparableByValue(Type type)
    {
        if (!Equalities.IsByValue(type, Contracts))
            throw Refusal.Of(Call, $"{TypeName.Of(type)} is compared by reference or by code of its own", "Compare a member that identifies it.");
    }

    static Type ElementOf(MethodCallExpression call, Expression collection)
    {
        var bare = SequenceMethods.Bare(collection).Type;
        if (bare == typeof(string)) return typeof(char);
        return call.Method.IsGenericMethod && call.Object is null ? call.Method.GetGenericArguments()[0] : Types.ElementOf(bare);
    }
}
