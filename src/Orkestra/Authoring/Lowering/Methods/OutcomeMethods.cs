using System.Linq.Expressions;
using Orkestra.Authoring.Lowering.Collections;

namespace Orkestra.Authoring.Lowering.Methods;

/// <summary>The methods of <see cref="Outcome"/>: they make outcomes, change them, and take values and errors out of many.</summary>
internal static class OutcomeMethods
{
    const string Value = "Value";
    const string Error = "Error";

    public static JsonataFragment? Lower(Lowerer lowerer, MethodCallExpression call) => (call.Method.Name, call.Arguments.Count) switch
    {
        (nameof(Outcome.Success), 1) => Success(lowerer.Value(call.Arguments[0])),
        (nameof(Outcome.Failure), 2) => Failure(lowerer, call),
        (nameof(Outcome.Values), 1) => Values(new SequenceCall(lowerer, call, [.. call.Arguments])),
        (nameof(Outcome.Failures), 1) => Having(new SequenceCall(lowerer, call, [.. call.Arguments]), Error).With(Traits.Sequence),
        (nameof(Outcome.Select), 2) => Select(lowerer, call),
        (nameof(Outcome.SelectMany), 3) => SelectMany(lowerer, call),
        _ => null,
    };

    static JsonataFragment Values(SequenceCall call)
    {
        var successes = Having(call, Value);
        if (!call.Contracts.MayBeArray(call.Element)) return call.Sequence(Syntax.Member(successes, Value), call.Element);
        var one = call.Lowerer.Names.Take("outcome");
        var values = Syntax.Call("map", successes, Syntax.Function([one], Syntax.Member(new JsonataFragment(one), Value)));
        call.Lowerer.Names.Release(one);
        return call.Sequence(values, call.Element);
    }

    static JsonataFragment Having(SequenceCall call, string member)
    {
        var one = call.Lowerer.Names.Take("outcome");
        var filtered = Syntax.Call("filter", call.Source(), Syntax.Function([one], Syntax.Exists(Syntax.Member(new JsonataFragment(one), member))));
        call.Lowerer.Names.Release(one);
        return filtered;
    }

    static JsonataFragment Select(Lowerer lowerer, MethodCallExpression call)
    {
        var selector = Callback.Of(call.Arguments[1]);
        return lowerer.Named(lowerer.Lower(call.Arguments[0]), outcome => IfSuccess(outcome, value => Success(lowerer.Bound(selector, [value], lowerer.Value))), "outcome");
    }

    static JsonataFragment SelectMany(Lowerer lowerer, MethodCallExpression call)
    {
        var (next, selector) = (Callback.Of(call.Arguments[1]), Callback.Of(call.Arguments[2]));
        return lowerer.Named(
            lowerer.Lower(call.Arguments[0]),
            outcome => IfSuccess(outcome, value => lowerer.Named(
                lowerer.Bound(next, [value], lowerer.Lower),
                following => IfSuccess(following, second => Success(lowerer.Bound(selector, [value, second], lowerer.Value))),
                "next")),
            "outcome");
    }

    static JsonataFragment IfSuccess(JsonataFragment outcome, Func<JsonataFragment, JsonataFragment> then) =>
        Syntax.Conditional(Syntax.Exists(Syntax.Member(outcome, Value)), then(Syntax.Member(outcome, Value)), outcome);

    static JsonataFragment Success(JsonataFragment value) => Syntax.Object([(Syntax.Text(Value), value)]);

    static JsonataFragment Failure(Lowerer lowerer, MethodCallExpression call)
    {
        var error = (Syntax.Text(Error), lowerer.Value(call.Arguments[0]));
        var cause = lowerer.Value(call.Arguments[1]);
        return cause.Text == "null" ? Syntax.Object([error]) : Syntax.Object([error, (Syntax.Text("Cause"), cause)]);
    }
}
