using System.Linq.Expressions;
using Orkestra.Authoring.Lowering.Metadata;
using Orkestra.Authoring.Lowering.Operations;

namespace Orkestra.Authoring.Lowering.Methods;

/// <summary>Outcomes of captured errors: <c>{"Value": …}</c> or <c>{"Error": …, "Cause": …}</c>, told apart by what is there.</summary>
internal static class OutcomeMembers
{
    const string value = "Value";
    const string error = "Error";
    const string cause = "Cause";

    public static bool Is(Type type) => Types.IsDefinedBy(type, typeof(Outcome<>));

    public static bool IsFailure(Type type) => type == typeof(Failure);

    public static JsonataFragment Member(Lowerer lowerer, MemberExpression access, Expression owner)
    {
        var outcome = lowerer.Lower(owner);
        return access.Member.Name switch
        {
            nameof(Outcome<>.IsSuccess) => Syntax.Exists(Syntax.Member(outcome, value)),
            value => Syntax.Member(outcome, value).With(Members.NullableTraits(access.Type)),
            error when IsFailure(owner.Type) => Syntax.Member(outcome, error),
            error => Lacking(Syntax.Member(outcome, error)),
            cause => Lacking(Syntax.Member(outcome, cause)),
            nameof(Failure.Message) when IsFailure(owner.Type) => Message(lowerer, Lacking(Syntax.Member(outcome, cause))),
            "Failure" => lowerer.Named(outcome, static some => Syntax.Conditional(Syntax.Exists(Syntax.Member(some, error)), some, Syntax.Null)),
            _ => throw Refusal.Of(access, $"'{access.Member.Name}' is not in the JSON of an outcome", "Use IsSuccess, Value, Error or Cause, or use a Step."),
        };
    }

    public static JsonataFragment? TryCall(Lowerer lowerer, MethodCallExpression call)
    {
        if (call.Method.DeclaringType == typeof(Outcome)) return OutcomeMethods.Lower(lowerer, call);
        if (call.Object is not { } owner || !Is(owner.Type)) return null;
        switch (call.Method.Name)
        {
            case nameof(Outcome<>.ValueOr):
                var other = lowerer.Value(call.Arguments[0]);
                return lowerer.Named(lowerer.Lower(owner), outcome => Choice(outcome, Syntax.Member(outcome, value), other), "outcome");
            case nameof(Outcome<>.Match):
                var (success, failure) = (Callback.Of(call.Arguments[0]), Callback.Of(call.Arguments[1]));
                return lowerer.Named(
                    lowerer.Lower(owner),
                    outcome => Choice(outcome, lowerer.Bound(success, [Syntax.Member(outcome, value)], lowerer.Value), lowerer.Bound(failure, [outcome], lowerer.Value)),
                    "outcome");
            default:
                return null;
        }
    }

    /// <summary>The message in a cause that may be missing.</summary>
    public static JsonataFragment MessageOf(Lowerer lowerer, JsonataFragment cause) => Message(lowerer, Lacking(cause));

    /// <summary>Whether a cause is JSON.</summary>
    public static JsonataFragment IsJson(JsonataFragment cause) =>
        Syntax.Compare("=", Syntax.Call("substring", cause, Syntax.Number(0), Syntax.Number(1)), Syntax.Text("{"));

    // The errorMessage of a cause that is JSON, else the cause itself, else nothing written.
    static JsonataFragment Message(Lowerer lowerer, JsonataFragment cause) => lowerer.Named(
        cause,
        text => Syntax.Conditional(
            Syntax.IsNotNull(text),
            Syntax.Conditional(
                IsJson(text),
                lowerer.Named(
                    Syntax.Member(Syntax.Call("parse", text), "errorMessage"),
                    message => Syntax.Conditional(Syntax.Compare("=", Syntax.Call("type", message), Syntax.Text("string")), message, text),
                    "message"),
                text),
            Syntax.Text("")),
        "cause");

    static JsonataFragment Choice(JsonataFragment outcome, JsonataFragment success, JsonataFragment failure) => Syntax.Conditional(Syntax.Exists(Syntax.Member(outcome, value)), success, failure);

    static JsonataFragment Lacking(JsonataFragment code) => code.With(Traits.MayBeNull | Traits.MayBeAbsent | Traits.Omitted);
}
