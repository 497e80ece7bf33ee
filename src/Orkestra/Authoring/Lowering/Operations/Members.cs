using System.Linq.Expressions;
using System.Reflection;
using Orkestra.Authoring.Lowering.Collections;
using Orkestra.Authoring.Lowering.Metadata;
using Orkestra.Authoring.Lowering.Methods;

namespace Orkestra.Authoring.Lowering.Operations;

/// <summary>Reads members.</summary>
internal static class Members
{
    public static JsonataFragment Lower(Lowerer lowerer, MemberExpression access)
    {
        var name = access.Member.Name;
        if (access.Expression is null) return ClockMembers.Static(access);
        var inner = Lowerer.Stripped(access.Expression);
        var owner = inner.Type;
        if (Types.IsNullable(owner)) return Nulls.Member(lowerer, access, inner);
        if (owner == typeof(string) && name == nameof(string.Length)) return Syntax.Call("length", lowerer.Lower(inner));
        if (OutcomeMembers.Is(owner) || OutcomeMembers.IsFailure(owner)) return OutcomeMembers.Member(lowerer, access, inner);
        if (ErrorMembers.Is(owner)) return ErrorMembers.Member(lowerer, access, inner);
        if (Types.IsTuple(owner)) return TupleItem(lowerer, access, inner);
        if (Types.IsGrouping(owner) && name == nameof(IGrouping<,>.Key)) return Syntax.Member(lowerer.Lower(inner), GroupingMethods.Key).With(NullableTraits(access.Type));
        if (Types.IsDictionary(owner)) return DictionaryMethods.Member(lowerer, access, inner);
        if (Types.IsArray(owner) && name is "Count" or "Length") return Lowerer.Count(lowerer.Source(inner), Types.ElementOf(owner));
        if (owner == typeof(TimeSpan) && DateTimeMethods.Total(lowerer, access, inner) is { } total) return total;
        if (ClockMembers.PartOf(owner, name) is { } part) return part(lowerer.Lower(inner));
        if (owner == typeof(string) || Types.IsUntyped(owner) || owner.Namespace == nameof(System)) throw Refusal.Of(access, $"{TypeName.Of(owner)}.{name} has no counterpart in it");

        var member = lowerer.Contracts.MemberOf(owner, access);
        return Read(lowerer, Syntax.Member(lowerer.Lower(inner), member.Name), member, access);
    }

    /// <summary>What C# reads where the serializer left a member out.</summary>
    public static JsonataFragment DefaultOf(Lowerer lowerer, Type type, Expression expression) =>
        !type.IsValueType || Types.IsNullable(type) ? Syntax.Null
        : Constants.TryEvaluate(Expression.Default(type), out var value) ? LiteralValues.Of(value, type, lowerer.Contracts, expression)
        : throw Refusal.Of(expression, $"it may be left out of the payload, and the default of {TypeName.Of(type)} has no literal");

    public static Traits NullableTraits(Type type) => Types.IsNullable(type) ? Traits.MayBeNull : Traits.None;

    static JsonataFragment Read(Lowerer lowerer, JsonataFragment path, Member member, MemberExpression access)
    {
        var code = path.With(member.Traits) with { Converter = member.Converter };
        if (!member.Traits.HasFlag(Traits.Omitted) || member.Traits.HasFlag(Traits.MayBeNull)) return code;
        code = code with { Absent = DefaultOf(lowerer, member.Type, access).Text };

        // Nothing is false in a condition; anything else needs its default.
        return member.Type == typeof(bool) ? code : lowerer.Present(code) with { Bare = code };
    }

    static JsonataFragment TupleItem(Lowerer lowerer, MemberExpression access, Expression inner)
    {
        if (access.Member is not FieldInfo || !access.Member.Name.StartsWith("Item", StringComparison.Ordinal) || !int.TryParse(access.Member.Name.AsSpan(4), out var item))
            throw Refusal.Of(access, "a tuple travels as a JSON array of at most seven items");
        return Syntax.Index(lowerer.Lower(inner), item - 1).With(NullableTraits(access.Type));
    }
}
