using System.Collections.ObjectModel;
using System.Linq.Expressions;
using System.Reflection;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Orkestra.Authoring.Lowering.Collections;
using Orkestra.Authoring.Lowering.Metadata;
using Orkestra.Authoring.Lowering.Methods;

namespace Orkestra.Authoring.Lowering.Operations;

/// <summary>New objects, arrays, lists and dictionaries.</summary>
internal static class Construction
{
    public static JsonataFragment? TryCall(Lowerer lowerer, MethodCallExpression call)
    {
        if (call.Method.Name != "Create" || call.Object is not null) return null;
        if (call.Method.DeclaringType == typeof(ValueTuple)) return ArrayOf(lowerer, call.Arguments);
        return call.Method.DeclaringType == typeof(KeyValuePair) ? Pair(lowerer, call.Type, call.Arguments) : null;
    }

    public static JsonataFragment Init(Lowerer lowerer, MemberInitExpression init)
    {
        var bindings = new List<(MemberInfo, Expression)>();
        foreach (var binding in init.Bindings)
        {
            if (binding is not MemberAssignment assignment) throw Refusal.Of(init, $"'{binding.Member.Name}' is filled without being made", $"Write {binding.Member.Name} = new … {{ … }}.");
            bindings.Add((binding.Member, assignment.Expression));
        }

        return New(lowerer, init.NewExpression, bindings, init);
    }

    public static JsonataFragment New(Lowerer lowerer, NewExpression create, IReadOnlyList<(MemberInfo Member, Expression Value)> bindings, Expression? whole = null)
    {
        whole ??= create;
        var type = create.Type;
        if (Types.IsAnonymous(type)) return Anonymous(lowerer, create);
        if (Types.IsTuple(type)) return ArrayOf(lowerer, create.Arguments);
        if (Types.IsDefinedBy(type, typeof(KeyValuePair<,>))) return Pair(lowerer, type, create.Arguments);
        if (type == typeof(string)) return Repeated(lowerer, create);
        if (Types.IsArray(type)) return Collection(lowerer, create, Syntax.EmptyArray);
        if (Types.IsDictionary(type)) return Collection(lowerer, create, Syntax.Object([]));
        if (type.Namespace == nameof(System)) throw Refusal.Of(whole, $"a {TypeName.Of(type)} cannot be made from parts in it");
        return Typed(lowerer, create, bindings, whole);
    }

    public static JsonataFragment List(Lowerer lowerer, ListInitExpression init)
    {
        if (init.NewExpression.Arguments.Count > 0 && !(init.NewExpression.Arguments is [var capacity] && capacity.Type == typeof(int))) throw Refusal.Of(init, "it adds to another collection", "Use Concat.");
        if (Types.IsDictionary(init.Type))
        {
            foreach (var entry in init.Initializers) Conversions.Written(entry.Arguments[1], entry.AddMethod.GetParameters()[1].ParameterType);
            return Syntax.Object([.. init.Initializers.Select(entry => (DictionaryMethods.KeyText(lowerer, entry.Arguments[0]), lowerer.Value(entry.Arguments[1])))]);
        }

        var elements = init.Initializers.Select(element => element.Arguments is [var only] ? only : throw Refusal.Of(init, "its Add takes several arguments"));
        var array = ArrayOf(lowerer, [.. elements], Types.ElementOf(init.Type));
        return Types.IsDefinedBy(init.Type, typeof(HashSet<>)) ? Syntax.Call("distinct", array) : array;
    }

    public static JsonataFragment ArrayOf(Lowerer lowerer, IReadOnlyList<Expression> elements) => Syntax.Array([.. elements.Select(lowerer.Element)]);

    public static JsonataFragment ArrayOf(Lowerer lowerer, IReadOnlyList<Expression> elements, Type element)
    {
        foreach (var value in elements) Conversions.Written(value, element);
        return ArrayOf(lowerer, elements);
    }

    static JsonataFragment Pair(Lowerer lowerer, Type type, ReadOnlyCollection<Expression> arguments)
    {
        if (arguments.Count != 2) return Syntax.Object([]);
        var names = (lowerer.Contracts.Named("Key"), lowerer.Contracts.Named("Value"));
        return Object(lowerer, [
            (new Member(names.Item1, type.GenericTypeArguments[0], Traits.None), arguments[0]),
            (new Member(names.Item2, type.GenericTypeArguments[1], Traits.None), arguments[1])]);
    }

    static JsonataFragment Object(Lowerer lowerer, IEnumerable<(Member Member, Expression Value)> members)
    {
        var parts = new List<(JsonataFragment, JsonataFragment)>();
        foreach (var (member, value) in members)
        {
            if (lowerer.MemberValue(value, member) is { } code) parts.Add((Syntax.Text(member.Name), code));
        }

        return Syntax.Object(parts);
    }

    static JsonataFragment Anonymous(Lowerer lowerer, NewExpression create)
    {
        var isRow = lowerer.Rows.Contains(create.Type);
        var parts = new List<(JsonataFragment, JsonataFragment)>();
        for (var i = 0; i < create.Arguments.Count; i++)
        {
            var argument = create.Arguments[i];
            var member = lowerer.Contracts.Inferred(create.Members![i].Name, argument.Type, create.Type);

            // A row of a query stays inside the expression: its groups stay groups.
            var value = isRow && Types.IsGrouping(argument.Type) ? lowerer.Lower(argument) : lowerer.MemberValue(argument, member);
            if (value is not null) parts.Add((Syntax.Text(member.Name), value));
        }

        return Syntax.Object(parts);
    }

    static JsonataFragment Typed(Lowerer lowerer, NewExpression create, IReadOnlyList<(MemberInfo Member, Expression Value)> bindings, Expression whole)
    {
        var type = create.Type;
        var name = TypeName.Of(type);
        var info = lowerer.Contracts.InfoOf(type) ?? throw Refusal.Of(whole, $"the serializer does not know the type {name}", $"Add [JsonSerializable(typeof({name}))] to its context.");
        if (info.Kind != JsonTypeInfoKind.Object) throw Refusal.Of(whole, $"{name} is written by {TypeName.Of(info.Converter.GetType())}");

        var values = new Dictionary<JsonPropertyInfo, Expression>();
        foreach (var (parameter, argument) in (create.Constructor?.GetParameters() ?? []).Zip(create.Arguments))
            values[OfParameter(info, parameter) ?? throw Refusal.Of(whole, $"the parameter '{parameter.Name}' of its constructor is no member of its JSON")] = argument;
        foreach (var (member, value) in bindings)
        {
            if (Contracts.PropertyOf(info, member) is { } property) values[property] = value;
        }

        var parts = new List<(JsonataFragment, JsonataFragment)>();
        object? sample = null;
        foreach (var property in info.Properties)
        {
            if (property.Get is null || Contracts.IsNeverWritten(property) || property.IsExtensionData) continue;
            var member = Contracts.Described(property);
            var value = values.TryGetValue(property, out var expression) ? lowerer.MemberValue(expression, member) : Initial(lowerer, create, property, member, whole, ref sample);
            if (value is not null) parts.Add((Syntax.Text(member.Name), value));
        }

        return Syntax.Object(parts);
    }

    static JsonPropertyInfo? OfParameter(JsonTypeInfo info, ParameterInfo parameter)
    {
        foreach (var property in info.Properties)
        {
            var own = (property.AttributeProvider as MemberInfo)?.Name ?? property.Name;
            if (string.Equals(own, parameter.Name, StringComparison.OrdinalIgnoreCase) && property.PropertyType == parameter.ParameterType) return property;
        }

        return null;
    }

    /// <summary>What a new object has in a member that the expression does not set.</summary>
    static JsonataFragment? Initial(Lowerer lowerer, NewExpression create, JsonPropertyInfo property, Member member, Expression whole, ref object? sample)
    {
        var name = (property.AttributeProvider as MemberInfo)?.Name ?? property.Name;
        if (property.Set is null) throw Refusal.Of(whole, $"'{name}' is computed by {TypeName.Of(create.Type)} itself", "Put [JsonIgnore] on it, or use a Step.");
        if (create.Arguments.Count > 0) throw Refusal.Of(whole, $"what the constructor puts into '{name}' is not to be seen", $"Set it in the expression: {{ {name} = … }}.");
        try
        {
            sample ??= create.Constructor is { } constructor ? constructor.Invoke(null) : property.DeclaringType.IsValueType ? TypeDefault(lowerer, create) : null;
        }
        catch (TargetInvocationException exception)
        {
            throw Refusal.Of(whole, $"making one to see what is in '{name}' failed ({exception.InnerException?.Message.TrimEnd('.')})", $"Set it in the expression: {{ {name} = … }}.");
        }

        var initial = sample is null ? null : property.Get!(sample);
        var isDefault = initial is null || (member.Type.IsValueType && Constants.TryEvaluate(Expression.Default(member.Type), out var standard) && Equals(initial, standard));
        if (member.Omission == JsonIgnoreCondition.WhenWritingNull && initial is null) return null;
        if (member.Omission == JsonIgnoreCondition.WhenWritingDefault && isDefault) return null;
        return LiteralValues.Of(initial, property.PropertyType, lowerer.Contracts, whole, property.CustomConverter);
    }

    static object? TypeDefault(Lowerer lowerer, NewExpression create) => lowerer.Contracts.InfoOf(create.Type)?.CreateObject?.Invoke();

    static JsonataFragment Collection(Lowerer lowerer, NewExpression create, JsonataFragment empty)
    {
        switch (create.Arguments)
        {
            case []:
            case [{ } capacity] when capacity.Type == typeof(int):
                return empty;
            case [{ } source] when Types.IsArray(SequenceMethods.Bare(source).Type) || Types.IsDictionary(source.Type):
                var copy = Types.IsDictionary(create.Type) ? lowerer.Operand(source) : lowerer.Source(source);
                if (!Types.IsDefinedBy(create.Type, typeof(HashSet<>))) return copy;
                var distinct = Syntax.Call("distinct", copy);
                return copy.IsSequence ? distinct.With(copy.Traits & (Traits.Sequence | Traits.Nested)) : distinct;
            default:
                throw Refusal.Of(create, "this way of making a collection has no counterpart in it");
        }
    }

    static JsonataFragment Repeated(Lowerer lowerer, NewExpression create) =>
        create.Arguments is [var character, var count] && character.Type == typeof(char)
            ? Syntax.Call("pad", Syntax.Text(""), lowerer.Operand(count), lowerer.Operand(character))
            : throw Refusal.Of(create, "this way of making a text has no counterpart in it");
}
