using System.Collections.Frozen;

namespace Orkestra.Expressions.Intrinsics;

/// <summary>The 18 intrinsic functions by name. https://docs.aws.amazon.com/step-functions/latest/dg/intrinsic-functions.html</summary>
internal static class IntrinsicFunctions
{
    static readonly FrozenDictionary<string, IntrinsicFunction> ByName = new IntrinsicFunction[]
    {
        new("States.Array", 0, int.MaxValue, ArrayIntrinsics.Array),
        new("States.ArrayContains", 2, 2, ArrayIntrinsics.ArrayContains),
        new("States.ArrayGetItem", 2, 2, ArrayIntrinsics.ArrayGetItem),
        new("States.ArrayLength", 1, 1, ArrayIntrinsics.ArrayLength),
        new("States.ArrayPartition", 2, 2, ArrayIntrinsics.ArrayPartition),
        new("States.ArrayRange", 3, 3, ArrayIntrinsics.ArrayRange),
        new("States.ArrayUnique", 1, 1, ArrayIntrinsics.ArrayUnique),
        new("States.Base64Decode", 1, 1, EncodingIntrinsics.Base64Decode),
        new("States.Base64Encode", 1, 1, EncodingIntrinsics.Base64Encode),
        new("States.Format", 1, int.MaxValue, TextIntrinsics.Format),
        new("States.Hash", 2, 2, EncodingIntrinsics.Hash),
        new("States.JsonMerge", 3, 3, JsonIntrinsics.JsonMerge),
        new("States.JsonToString", 1, 1, JsonIntrinsics.JsonToString),
        new("States.MathAdd", 2, 2, MathIntrinsics.MathAdd),
        new("States.MathRandom", 2, 3, MathIntrinsics.MathRandom),
        new("States.StringSplit", 2, 2, TextIntrinsics.StringSplit),
        new("States.StringToJson", 1, 1, JsonIntrinsics.StringToJson),
        new("States.UUID", 0, 0, EncodingIntrinsics.Uuid),
    }.ToFrozenDictionary(function => function.Name, StringComparer.Ordinal);

    internal static IntrinsicFunction? Find(string name) => ByName.GetValueOrDefault(name);
}
