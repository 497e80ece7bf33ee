using Orkestra.Authoring.Lowering.Metadata;
using Orkestra.Authoring.Lowering.Methods;

namespace Orkestra.Authoring.Lowering.Collections;

/// <summary>Methods that make one value of all elements.</summary>
internal static class AggregateMethods
{
    public static JsonataFragment? TryLower(SequenceCall call)
    {
        switch (call.Name)
        {
            case "Count" or "LongCount":
                return Lowerer.Count(call.IsCallback(1) ? call.Filtered(1) : call.Source(), call.Element);
            case "Sum":
                return Syntax.Call("sum", Lowerer.Exact(Numbers(call)));
            case "Average":
                return OverSome(call, "average");
            case "Min":
                return Extreme(call, "min", 0);
            case "Max":
                return Extreme(call, "max", -1);
            case "Aggregate":
                return Aggregate(call);
            case "ToDictionary" when call.IsCallback(1):
                return DictionaryMethods.Of(call);
            default:
                return null;
        }
    }

    /// <summary>The elements or what a selector makes of them, without nulls, which C# skips.</summary>
    static JsonataFragment Numbers(SequenceCall call)
    {
        var (code, type) = Selected(call);
        if (!Types.IsNullable(type)) return code;
        var item = call.Lowerer.Names.Take("item");
        var numbers = Syntax.Call("filter", code, Syntax.Function([item], Syntax.IsNotNull(new(item)))).With(Traits.Sequence);
        call.Lowerer.Names.Release(item);
        return numbers;
    }

    static (JsonataFragment JsonataFragment, Type Type) Selected(SequenceCall call)
    {
        if (!call.IsCallback(1))
        {
            call.NoComparer(1);
            return (call.Source(), call.Element);
        }

        return (ProjectionMethods.Select(call), call.Callback(1).Body.Type);
    }

    static JsonataFragment OverSome(SequenceCall call, string function)
    {
        var result = Syntax.Call(function, Numbers(call));
        return Types.IsNullable(call.Call.Type) ? result.With(Traits.MayBeNull | Traits.MayBeAbsent | Traits.Omitted) : result;
    }

    static JsonataFragment Extreme(SequenceCall call, string function, int index)
    {
        var type = Types.Unwrap(call.IsCallback(1) ? call.Callback(1).Body.Type : call.Element);
        if (Types.IsNumber(type)) return OverSome(call, function);
        if (type != typeof(string) && type != typeof(DateOnly) && type != typeof(TimeOnly)) throw call.Refused($"JSONata orders no {TypeName.Of(type)}");
        var found = Syntax.Index(Syntax.Call("sort", Numbers(call)), index);
        return type.IsValueType && !Types.IsNullable(call.Call.Type) ? found : found.With(Traits.MayBeNull | Traits.MayBeAbsent | Traits.Omitted);
    }

    static JsonataFragment? Aggregate(SequenceCall call)
    {
        // Of nothing $reduce makes nothing, whatever it starts with: only an array will do.
        if (call.Count == 2) return Syntax.Call("reduce", call.Array(), call.Selector(1));
        var code = Syntax.Call("reduce", call.Array(), call.Selector(2), call.Lowerer.Value(call.Arguments[1]));
        if (call.Count == 3) return code;
        return call.Lowerer.Named(code, result => call.Lowerer.Bound(call.Callback(3), [result], call.Lowerer.Value), "result");
    }
}
