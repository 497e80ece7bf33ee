using System.Linq.Expressions;
using Orkestra.Authoring.Lowering.Collections;
using Orkestra.Authoring.Lowering.Metadata;
using Orkestra.Authoring.Lowering.Operations;

namespace Orkestra.Authoring.Lowering.Methods;

/// <summary>Dictionaries, which are JSON objects.</summary>
internal static class DictionaryMethods
{
    public static JsonataFragment? TryCall(Lowerer lowerer, MethodCallExpression call)
    {
        var arguments = call.Object is null ? [.. call.Arguments] : (Expression[])[call.Object, .. call.Arguments];
        if (arguments.Length < 2 || !Types.IsDictionary(Lowerer.Stripped(arguments[0]).Type)) return null;
        var owner = Lowerer.Stripped(arguments[0]);
        switch (call.Method.Name)
        {
            case "get_Item":
                return Entry(lowerer, owner, arguments[1]).With(Members.NullableTraits(call.Type));
            case "ContainsKey":
                return Syntax.Exists(Entry(lowerer, owner, arguments[1]));
            case "GetValueOrDefault":
                var absent = arguments.Length == 3 ? lowerer.Value(arguments[2]) : Members.DefaultOf(lowerer, call.Type, call);
                var entry = Entry(lowerer, owner, arguments[1]).With(Traits.MayBeAbsent | Traits.Omitted) with { Absent = absent.Text };
                return absent.Text == "null" ? entry.With(Traits.MayBeNull) : lowerer.Present(entry);
            default:
                return null;
        }
    }

    public static JsonataFragment Member(Lowerer lowerer, MemberExpression access, Expression owner)
    {
        var code = lowerer.Operand(owner);
        switch (access.Member.Name)
        {
            case "Count":
                return Syntax.Call("count", Syntax.Call("keys", code));
            case "Keys":
                var keys = Syntax.Call("keys", code).With(Traits.Sequence);
                var name = lowerer.Names.Take("key");
                var key = Key(new(name), KeyOf(owner.Type), access);
                lowerer.Names.Release(name);
                return key.Text == name ? keys : Syntax.Call("map", keys, Syntax.Function([name], key)).With(Traits.Sequence);
            case "Values":
                var value = lowerer.Names.Take("value");
                var values = Syntax.Call("each", code, Syntax.Function([value], new(value)));
                lowerer.Names.Release(value);
                return values.With(lowerer.Contracts.MayBeArray(Types.ElementOf(owner.Type)) ? Traits.Sequence | Traits.Nested : Traits.Sequence);
            default:
                throw Refusal.Of(access, "it is not in the JSON of a dictionary");
        }
    }

    /// <summary>The dictionary as the pairs that going through it gives.</summary>
    public static JsonataFragment Pairs(Lowerer lowerer, Expression dictionary)
    {
        var (value, key) = (lowerer.Names.Take("value"), lowerer.Names.Take("key"));
        var pair = Syntax.Object([
            (Syntax.Text(lowerer.Contracts.Named("Key")), Key(new(key), KeyOf(dictionary.Type), dictionary)),
            (Syntax.Text(lowerer.Contracts.Named("Value")), new(value))]);
        var code = Syntax.Call("each", lowerer.Operand(dictionary), Syntax.Function([value, key], pair));
        lowerer.Names.Release(key);
        lowerer.Names.Release(value);
        return code.With(Traits.Sequence);
    }

    /// <summary>ToDictionary.</summary>
    public static JsonataFragment Of(SequenceCall call)
    {
        call.NoComparer(2);
        var key = call.Callback(1);
        var value = call.IsCallback(2) ? call.Callback(2) : null;
        var lowerer = call.Lowerer;
        var item = lowerer.Names.Take(key.Parameters[0].Name);
        var name = lowerer.Bound(key, [new(item)], body => KeyText(lowerer, body));
        var content = value is null ? new(item) : lowerer.Bound(value, [new(item)], lowerer.Value);
        lowerer.Names.Release(item);
        return Syntax.Call("merge", Lowerer.Exact(Syntax.Call("map", call.Source(), Syntax.Function([item], Syntax.Object([(name, content)]))).With(Traits.Sequence)));
    }

    /// <summary>A key as the name of a member.</summary>
    public static JsonataFragment KeyText(Lowerer lowerer, Expression key)
    {
        var policy = lowerer.Contracts.Options.DictionaryKeyPolicy;
        var type = key.Type;
        if (Constants.TryEvaluate(key, out var value) && value is not null && (value is string or char or Guid || Types.IsIntegral(type)))
        {
            var text = Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture)!;
            return Syntax.Text(policy?.ConvertName(text) ?? text);
        }

        if (policy is not null) throw Refusal.Of(key, "the naming policy for keys changes it", "Use a constant key, or use a Step.");
        var code = lowerer.Operand(key);
        return type == typeof(string) || type == typeof(char) || type == typeof(Guid) ? code
            : Types.IsIntegral(type) ? Syntax.Call("string", code)
            : throw Refusal.Of(key, $"a {TypeName.Of(type)} as a key is written in a way of its own");
    }

    static JsonataFragment Entry(Lowerer lowerer, Expression owner, Expression key)
    {
        var name = KeyText(lowerer, key);
        var code = lowerer.Operand(owner);
        return Constants.TryEvaluate(key, out var value) && value is string text
            ? Syntax.Member(code, lowerer.Contracts.Options.DictionaryKeyPolicy?.ConvertName(text) ?? text)
            : Syntax.Call("lookup", code, name);
    }

    static Type KeyOf(Type dictionary) => dictionary.IsConstructedGenericType ? dictionary.GenericTypeArguments[0] : typeof(string);

    static JsonataFragment Key(JsonataFragment key, Type type, Expression expression) =>
        type == typeof(string) || type == typeof(char) || type == typeof(Guid) ? key
        : Types.IsIntegral(type) ? Syntax.Call("number", key)
        : throw Refusal.Of(expression, $"a {TypeName.Of(type)} as a key is written in a way of its own");
}
